//! Arrivals, and staff against the load that they bring; occupancy by tier.

use super::shared::{Telling, name};
use super::through_time::{clock, hour_of, period_name, ticks, time_label};
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::{Axis, Bars, Chart, ChartKind, Lines, Series};
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::Language;
use crate::report::saved::CurvePoint;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let mut sections = vec![
        tell.heading("staff", "Arrivals and staff", "Arrivi e personale"),
        Section::Chart(arrivals(tell)),
        Section::Chart(load(tell)),
    ];
    sections.push(Section::Prose(vec![
        shortage(tell).map_or_else(|| unknown(tell), |shortage| shortage.sentence(tell)),
    ]));
    sections.push(Section::Chart(occupancy(tell)));
    sections.push(Section::Grid(groups(tell)));
    sections
}

fn unknown(tell: &Telling<'_>) -> String {
    tell.text(
        "Staff and load were not kept by period for this run, so no shortage can be told.",
        "Per questa simulazione personale e carico non sono stati conservati per periodo: le carenze non si possono dire.",
    )
}

/// Periods in which more work comes in than there are people.
pub(super) struct Shortage {
    periods: usize,
    short: usize,
    /// Where most are missing: the point, and how many.
    worst: Option<(CurvePoint, f64)>,
}

/// `None` where staff or load is not known by period.
pub(super) fn shortage(tell: &Telling<'_>) -> Option<Shortage> {
    let known = tell.run.curve.points.iter().filter_map(|point| Some((point, point.load? - point.staff?)));
    let known: Vec<(&CurvePoint, f64)> = known.collect();
    let short: Vec<&(&CurvePoint, f64)> = known.iter().filter(|(_, missing)| *missing > 0.0).collect();
    let worst = short.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    (!known.is_empty()).then(|| Shortage {
        periods: known.len(),
        short: short.len(),
        worst: worst.map(|&&(point, missing)| (point.clone(), missing)),
    })
}

impl Shortage {
    pub(super) fn sentence(&self, tell: &Telling<'_>) -> String {
        let l = tell.language;
        let (short, all) = (l.count(self.short as u64), l.count(self.periods as u64));
        let Some((point, missing)) = &self.worst else {
            return match l {
                Language::English => format!("Staff covers the load in each of the {all} periods."),
                Language::Italian => format!("Il personale copre il carico in tutti i {all} periodi."),
            };
        };
        let clock = format!("{:02}:{:02}", point.second / 3600, point.second % 3600 / 60);
        let day = l.weekday(point.weekday);
        let when = if tell.run.about.days > 1 { format!("{day} {clock}") } else { clock };
        let missing = l.amount(*missing);
        match l {
            Language::English => format!(
                "In {short} of {all} periods more work comes in than there are people; most are missing at {when}: {missing}."
            ),
            Language::Italian => format!(
                "In {short} periodi su {all} arriva più lavoro di quanto le persone presenti possano svolgere; la mancanza maggiore \
                 è alle {when}: {missing} persone."
            ),
        }
    }
}

fn points_of(tell: &Telling<'_>, value: impl Fn(&CurvePoint) -> Option<f64>) -> Vec<Option<f64>> {
    tell.run.curve.points.iter().map(value).collect()
}

/// Steps over the periods, from 0 up.
fn by_period(tell: &Telling<'_>, axis: String, series: Vec<Series>) -> Lines {
    Lines {
        x: tell.run.curve.points.iter().map(hour_of).collect(),
        labels: tell.run.curve.points.iter().map(|point| clock(tell, hour_of(point))).collect(),
        x_label: time_label(tell),
        ticks: ticks(tell),
        y: Axis::plain(axis),
        y_domain: (Some(0.0), None),
        series,
        rule: None,
        gap: None,
        steps: true,
    }
}

fn arrivals(tell: &Telling<'_>) -> Chart {
    let offered = Series {
        name: tell.text("contacts offered", "contatti offerti"),
        y: points_of(tell, |point| point.offered),
        ..Series::default()
    };
    let axis = match tell.language {
        Language::English => format!("contacts a {}", period_name(tell)),
        Language::Italian => format!("contatti per {}", period_name(tell)),
    };
    let lines = by_period(tell, axis, vec![offered]);
    Chart {
        id: "arrivals",
        title: tell.text("Arrivals", "Arrivi"),
        note: tell.text("Means over the replications.", "Medie delle repliche."),
        kind: ChartKind::Lines(lines),
    }
}

fn load(tell: &Telling<'_>) -> Chart {
    let load = Series {
        name: tell.text(
            "load: people needed to do the work that comes in",
            "carico: persone necessarie per il lavoro in arrivo",
        ),
        y: points_of(tell, |point| point.load),
        ..Series::default()
    };
    let staff = Series {
        name: tell.text("staff logged in", "personale collegato"),
        y: points_of(tell, |point| point.staff),
        ..Series::default()
    };
    let gap = Some(tell.text("gap: more work than people", "carenza: più lavoro che persone"));
    let lines = by_period(tell, tell.text("people", "persone"), vec![load, staff]);
    let lines = Lines { gap, ..lines };
    Chart {
        id: "staff-and-load",
        title: tell.text("Staff against load", "Personale e carico"),
        note: tell.text(
            "Load: what comes into each queue, at its mean handle time, over the length of the period. Staff needs to lie above it: \
             waits are short only with some people free.",
            "Carico: ciò che entra in ogni coda, al suo tempo medio di gestione, diviso per la durata del periodo. Il personale deve \
             starci sopra: le attese sono brevi solo se qualcuno è libero.",
        ),
        kind: ChartKind::Lines(lines),
    }
}

fn occupancy(tell: &Telling<'_>) -> Chart {
    let tiers = tell.run.scopes(ScopeKind::Tier);
    let mut bars = tell.bars("occupancy", Basis::Time, ScopeKind::Tier, &tiers);
    for (bar, tier) in bars.iter_mut().zip(&tiers) {
        bar.name = format!(
            "{} {}",
            tell.say("Tier", "Livello"),
            tier.trim_start_matches(|c: char| !c.is_ascii_digit())
        );
    }
    let groups = tell.largest_first(ScopeKind::AgentGroup, "answered", Basis::Leg);
    bars.extend(tell.bars("occupancy", Basis::Time, ScopeKind::AgentGroup, &groups));
    Chart {
        id: "occupancy",
        title: tell.text("Occupancy by tier and agent group", "Occupazione per livello e gruppo"),
        note: tell.text(
            "The part of their time logged in that agents work on contacts; the whiskers are 95 % intervals.",
            "La parte del tempo collegato in cui gli operatori lavorano ai contatti; i baffi sono intervalli al 95 %.",
        ),
        kind: ChartKind::Bars(Bars { x: Axis::share(tell.text("occupancy", "occupazione")), bars, rule: None }),
    }
}

fn groups(tell: &Telling<'_>) -> Grid {
    let kind = ScopeKind::AgentGroup;
    let columns = tell.say(
        ["agent group", "most heads", "heads, mean", "occupancy", "answered", "handle time"],
        ["gruppo", "persone, massimo", "persone, media", "occupazione", "risposte", "tempo di gestione"],
    );
    let row = |group: &str| {
        let most =
            tell.run.most_heads.iter().find(|(name, _)| name == group).map(|&(_, heads)| f64::from(heads));
        vec![
            name(group),
            Datum::number(Unit::Number, most),
            tell.datum("heads_logged_in", Basis::Time, kind, group),
            tell.datum("occupancy", Basis::Time, kind, group),
            tell.datum("answered", Basis::Leg, kind, group),
            tell.datum("handle_time", Basis::Leg, kind, group),
        ]
    };
    Grid {
        id: "agent-groups",
        title: tell.text("Agent groups", "Gruppi di operatori"),
        columns: columns.map(String::from).into(),
        rows: tell.largest_first(kind, "answered", Basis::Leg).into_iter().map(row).collect(),
        foot: None,
    }
}
