//! What goes where: nodes in columns, bands between them as wide as it is much.
//!
//! A flow balances: what comes into an inner node goes out of it. The layout is in units of its own, a height of 1 for all that flows, so that
//! whoever draws only scales.

use serde::Serialize;

/// A flow with its layout.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Flow {
    /// The nodes.
    pub nodes: Vec<FlowNode>,
    /// The bands.
    pub links: Vec<FlowLink>,
    /// How many columns there are.
    pub columns: usize,
    /// The height that the layout takes, gaps included; all that flows is 1.
    pub height: f64,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlowNode {
    /// Its name.
    pub name: String,
    /// Its number as it is written.
    pub text: String,
    /// Its column, from the left.
    pub column: usize,
    /// How much flows through it.
    pub value: f64,
    /// Its upper end.
    pub top: f64,
    /// Its height.
    pub height: f64,
}

/// A band between two nodes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlowLink {
    /// From this node.
    pub from: usize,
    /// To this one.
    pub to: usize,
    /// How much.
    pub value: f64,
    /// Its upper end at the left node.
    pub from_top: f64,
    /// Its upper end at the right node.
    pub to_top: f64,
    /// Its height.
    pub height: f64,
}

/// The gap between nodes of a column, as a part of all that flows.
const GAP: f64 = 0.09;
/// What rounding may leave.
const TOLERANCE: f64 = 1e-6;

impl Flow {
    /// Nodes as (column, name), links as (from, to, how much); what is nothing is left out. `None` where nothing flows, where a link leads to no
    /// later column, or where an inner node takes in and gives out different amounts.
    pub fn new(
        nodes: &[(usize, String)],
        links: &[(usize, usize, f64)],
        text: impl Fn(f64) -> String,
    ) -> Option<Flow> {
        let links: Vec<_> = links.iter().copied().filter(|&(_, _, value)| value > 0.0).collect();
        let forward = |&(from, to, _): &(usize, usize, f64)| {
            let column = |node: usize| nodes.get(node).map(|&(column, _)| column);
            column(from).zip(column(to)).is_some_and(|(from, to)| from < to)
        };
        if links.is_empty() || !links.iter().all(forward) {
            return None;
        }
        let inflow = |node: usize| links.iter().filter(|link| link.1 == node).map(|link| link.2).sum::<f64>();
        let outflow =
            |node: usize| links.iter().filter(|link| link.0 == node).map(|link| link.2).sum::<f64>();
        let all: f64 = (0..nodes.len()).filter(|&node| inflow(node) == 0.0).map(outflow).sum();
        let unbalanced = |node: usize| {
            let (comes, goes) = (inflow(node), outflow(node));
            comes > 0.0 && goes > 0.0 && (comes - goes).abs() > TOLERANCE * all
        };
        if (0..nodes.len()).any(unbalanced) {
            return None;
        }
        let used: Vec<usize> = (0..nodes.len()).filter(|&node| inflow(node) + outflow(node) > 0.0).collect();
        let nodes = used.iter().map(|&node| {
            let value = inflow(node).max(outflow(node));
            let (column, name) = nodes[node].clone();
            FlowNode { name, text: text(value), column, value, top: 0.0, height: value / all }
        });
        let mut flow = Flow { nodes: nodes.collect(), ..Flow::default() };
        let place = |node: usize| used.iter().position(|&other| other == node).unwrap_or(0);
        let links: Vec<_> = links.iter().map(|&(from, to, value)| (place(from), place(to), value)).collect();
        flow.place_nodes(&links);
        flow.place_links(links, all);
        Some(flow)
    }

    /// Nodes of a column below one another in their order, each as near as may be to where what comes into it comes from; the first column from the top.
    fn place_nodes(&mut self, links: &[(usize, usize, f64)]) {
        self.columns = self.nodes.iter().map(|node| node.column + 1).max().unwrap_or(0);
        let needs = |nodes: &[FlowNode], column: usize| {
            let of_it = || nodes.iter().filter(|node| node.column == column);
            of_it().map(|node| node.height).sum::<f64>() + GAP * of_it().count().saturating_sub(1) as f64
        };
        self.height = (0..self.columns).map(|column| needs(&self.nodes, column)).fold(0.0, f64::max);
        for column in 0..self.columns {
            let mut below = self.height - needs(&self.nodes, column);
            let mut least = 0.0;
            for index in
                (0..self.nodes.len()).filter(|&index| self.nodes[index].column == column).collect::<Vec<_>>()
            {
                let wanted = self.middle_of_sources(index, links) - 0.5 * self.nodes[index].height;
                let top = if column == 0 { least } else { wanted.clamp(least, below.max(least)) };
                self.nodes[index].top = top;
                least = top + self.nodes[index].height + GAP;
                below += self.nodes[index].height + GAP;
            }
        }
    }

    /// Where the middle of what comes into a node is at its sources.
    fn middle_of_sources(&self, node: usize, links: &[(usize, usize, f64)]) -> f64 {
        let into = || links.iter().filter(|link| link.1 == node);
        let all: f64 = into().map(|link| link.2).sum();
        let middle = |index: usize| self.nodes[index].top + 0.5 * self.nodes[index].height;
        if all > 0.0 { into().map(|link| middle(link.0) * link.2).sum::<f64>() / all } else { 0.0 }
    }

    /// Bands leave and arrive in the order of the nodes at their other end, so that few cross.
    fn place_links(&mut self, mut links: Vec<(usize, usize, f64)>, all: f64) {
        links.sort_by_key(|&(from, to, _)| (from, to));
        let mut leaves: Vec<f64> = self.nodes.iter().map(|node| node.top).collect();
        let mut arrives = leaves.clone();
        for (from, to, value) in links {
            let height = value / all;
            let link = FlowLink { from, to, value, from_top: leaves[from], to_top: arrives[to], height };
            leaves[from] += height;
            arrives[to] += height;
            self.links.push(link);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes() -> Vec<(usize, String)> {
        [(0, "needs"), (1, "answered"), (1, "not"), (2, "resolved"), (2, "open")]
            .map(|(c, n)| (c, n.into()))
            .into()
    }

    #[test]
    fn a_flow_fills_its_columns_and_its_nodes() {
        let links = [(0, 1, 80.0), (0, 2, 20.0), (1, 3, 60.0), (1, 4, 20.0), (2, 4, 20.0)];
        let flow = Flow::new(&nodes(), &links, |value| format!("{value}")).unwrap();
        assert_eq!((flow.columns, flow.nodes.len(), flow.links.len()), (3, 5, 5));
        assert!((flow.height - 1.09).abs() < 1e-12);
        for (index, node) in flow.nodes.iter().enumerate() {
            let out: f64 = flow.links.iter().filter(|link| link.from == index).map(|link| link.value).sum();
            let into: f64 = flow.links.iter().filter(|link| link.to == index).map(|link| link.value).sum();
            assert!(out == 0.0 || into == 0.0 || (out - into).abs() < 1e-9, "{}", node.name);
        }
        // 80 of 100 stand above 20 of 100, and whatever fills its column fills the height.
        assert!((flow.nodes[2].top - (flow.nodes[1].top + 0.8 + GAP)).abs() < 1e-12);
        assert!(
            flow.nodes.iter().all(|node| node.top >= 0.0 && node.top + node.height <= flow.height + 1e-12)
        );
        assert_eq!(flow.nodes[4].text, "40");
    }

    #[test]
    fn what_does_not_balance_or_goes_backwards_is_no_flow() {
        let text = |value: f64| value.to_string();
        assert_eq!(Flow::new(&nodes(), &[(0, 1, 80.0), (1, 3, 60.0)], text), None);
        assert_eq!(Flow::new(&nodes(), &[(3, 1, 80.0)], text), None);
        assert_eq!(Flow::new(&nodes(), &[(0, 1, 0.0)], text), None);
        assert_eq!(Flow::new(&nodes(), &[(0, 9, 1.0)], text), None);
    }
}
