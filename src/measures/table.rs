//! Which series there are: every measure on every basis for every scope for which it exists.

use std::collections::BTreeMap;

use super::layout::Layout;
use super::measure::{Measure, Only, measures};
use super::{Basis, Scope, ScopeKind};

/// Series in the order of the files: scope by scope, basis by basis, measure by measure.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) blocks: Vec<Block>,
    pub(super) series: Vec<Series>,
    /// Where the blocks are, and their first series.
    places: BTreeMap<(Basis, Scope), (usize, usize)>,
}

/// The series of one scope on one basis: they are made of the same totals.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) basis: Basis,
    pub(super) scope: Scope,
    pub(super) measures: Vec<&'static Measure>,
}

/// One measure of one scope on one basis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Series {
    pub(super) measure: &'static Measure,
    pub(super) basis: Basis,
    pub(super) scope: Scope,
}

const BASES: [Basis; 7] =
    [Basis::Contact, Basis::Leg, Basis::Need, Basis::Time, Basis::Case, Basis::Visit, Basis::Dial];

impl Table {
    /// Every series.
    pub(super) fn full(layout: &Layout) -> Table {
        Table::new(layout, &ScopeKind::ALL, |_| true)
    }

    /// Those that are kept by day and by period: few, and the formulas of targets (`formulas`) with them.
    pub(super) fn by_period(layout: &Layout, formulas: &[String]) -> Table {
        let kinds = [ScopeKind::Whole, ScopeKind::ContactType, ScopeKind::Queue, ScopeKind::AgentGroup];
        let promised = |measure: &Measure| formulas.iter().any(|formula| formula == measure.name);
        Table::new(layout, &kinds, |measure| measure.by_period || promised(measure))
    }

    /// Those that are kept by the hour: as by period, of the whole only.
    pub(super) fn by_hour(layout: &Layout, formulas: &[String]) -> Table {
        let promised = |measure: &Measure| formulas.iter().any(|formula| formula == measure.name);
        Table::new(layout, &[ScopeKind::Whole], |measure| measure.by_period || promised(measure))
    }

    /// Those that are kept by weekday and time of day: as by period, of the whole and of queues.
    pub(super) fn by_weekday(layout: &Layout, formulas: &[String]) -> Table {
        let promised = |measure: &Measure| formulas.iter().any(|formula| formula == measure.name);
        Table::new(layout, &[ScopeKind::Whole, ScopeKind::Queue], |measure| {
            measure.by_period || promised(measure)
        })
    }

    fn new(layout: &Layout, kinds: &[ScopeKind], keep: impl Fn(&Measure) -> bool) -> Table {
        let mut table = Table::default();
        let has = |only: Only| match only {
            Only::Anything => true,
            Only::Greetings => layout.greeting_width > 0,
            Only::Returns => layout.comes_again,
            Only::Offers => layout.has_offers,
            Only::Withdrawals => layout.has_withdrawals,
            Only::Consultations => layout.has_consultations,
            Only::Writing => layout.has_written,
            Only::Web => layout.has_web,
            Only::Chats => layout.chats.contains(&true),
            Only::Interruptions => layout.interruptions,
            Only::BackOffice => layout.back_office,
            Only::Preparations => layout.prepares(),
        };
        let there = |measure: &Measure| keep(measure) && has(measure.only_with);
        for &kind in kinds {
            for scope in layout.scopes(kind) {
                let own = layout.target_basis(scope);
                // A target has one basis, its own.
                let bases = BASES.iter().filter(|&&basis| own.is_none_or(|own| own == basis));
                // Centers without offices have nothing to say of cases, those without counters nothing of visits.
                let bases = bases
                    .filter(|&&basis| basis != Basis::Case || layout.case_types > 0 || layout.prepares());
                let bases = bases.filter(|&&basis| basis != Basis::Visit || layout.services > 0);
                let bases = bases.filter(|&&basis| basis != Basis::Dial || layout.campaigns > 0);
                bases.for_each(|&basis| table.add_block(layout, basis, scope, there));
            }
        }
        table
    }

    fn add_block(&mut self, layout: &Layout, basis: Basis, scope: Scope, keep: impl Fn(&Measure) -> bool) {
        // What was offered to a vendor is known where a queue is the vendor's alone.
        let offered = layout.own_queues(scope).next().is_some();
        let apart = layout.serves_only_own_queues(scope);
        let known = |measure: &Measure| {
            scope.kind != ScopeKind::Vendor
                || !measure.is_of_own_queues()
                || if measure.is_of_vendors_apart() { apart } else { offered }
        };
        // Offices that only prepare have no cases; of visits, offices have what they prepare.
        let is_about = |measure: &Measure| match basis {
            Basis::Case => layout.case_types > 0 || measure.is_of_people(),
            Basis::Visit if scope.kind == ScopeKind::Office => {
                layout.prepared_by(usize::from(scope.index)).next().is_some()
            }
            _ => true,
        };
        let exists = |measure: &&Measure| {
            measure.exists_for(basis, scope.kind) && known(measure) && is_about(measure) && keep(measure)
        };
        let measures: Vec<&'static Measure> = measures().filter(exists).collect();
        if measures.is_empty() {
            return;
        }
        self.places.insert((basis, scope), (self.blocks.len(), self.series.len()));
        self.series.extend(measures.iter().map(|&measure| Series { measure, basis, scope }));
        self.blocks.push(Block { basis, scope, measures });
    }

    /// Where a series stands; `None` where the measure does not exist for the scope.
    pub(super) fn place(&self, measure: &str, basis: Basis, scope: Scope) -> Option<usize> {
        let &(block, first) = self.places.get(&(basis, scope))?;
        let within = self.blocks[block].measures.iter().position(|other| other.name == measure)?;
        Some(first + within)
    }
}
