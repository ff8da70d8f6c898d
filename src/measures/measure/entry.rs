//! How an entry is written: for what it exists, and the common shapes of formulas.

use super::{KeptBy, Kind, Measure, Only, Unit};
use crate::measures::ScopeKind::{
    AgentGroup, Campaign, CaseType, Channel, ContactType, Counter, District, Number, Office, Profile, Queue,
    Service, Site, Target, Tier, Topic, Vendor, Whole,
};
use crate::measures::peaks::PeakBy;
use crate::measures::totals::Totals;
use crate::measures::{Basis, ScopeKind};

pub(super) const CALLERS: &[ScopeKind] = &[Whole, ContactType, Profile, Number, Channel, Topic];
/// Needs are told by where citizens live too.
pub(super) const CITIZENS: &[ScopeKind] = &[Whole, ContactType, Profile, Number, Channel, Topic, District];
pub(super) const ENTRIES: &[ScopeKind] = &[Whole, ContactType, Queue, Channel, Topic];
/// Where waiting ends, whoever ends it: vendors too, as far as queues are theirs alone.
pub(super) const FATES: &[ScopeKind] = &[Whole, ContactType, Queue, Vendor, Channel, Topic];
pub(super) const STAFF: &[ScopeKind] = &[Whole, AgentGroup, Tier, Vendor, Site];
pub(super) type Exists = &'static [(Basis, &'static [ScopeKind])];

/// Contacts by who calls, legs by where they wait.
pub(super) const OFFERED: Exists = &[(Basis::Contact, CALLERS), (Basis::Leg, ENTRIES)];
/// As [`OFFERED`], and legs by the vendor to whom they are offered.
pub(super) const ENDED: Exists = &[(Basis::Contact, CALLERS), (Basis::Leg, FATES)];
/// What is offered to a vendor.
pub(super) const OWN_QUEUES: Exists = &[(Basis::Leg, &[Vendor])];
/// As [`OFFERED`], and the legs that a group answered.
pub(super) const ANSWERED: Exists = &[
    (Basis::Contact, CALLERS),
    (Basis::Leg, &[Whole, ContactType, Queue, AgentGroup, Tier, Vendor, Site, Channel, Topic]),
];
/// Work on legs.
pub(super) const WORK: Exists =
    &[(Basis::Leg, &[Whole, ContactType, Queue, AgentGroup, Tier, Vendor, Site, Channel, Topic])];
/// Refused before a queue: by who calls, and by the queue that was closed.
pub(super) const REFUSED: Exists = &[(Basis::Contact, CALLERS), (Basis::Leg, &[Queue, Vendor])];
pub(super) const NEEDS: Exists = &[(Basis::Need, CITIZENS)];
/// In centers whose citizens try the web site first.
pub(super) const WEB: Exists = &[(Basis::Need, CALLERS)];
/// In centers with offices.
pub(super) const CASES: Exists = &[(Basis::Case, &[Whole, Office, CaseType])];
/// In centers with counters.
pub(super) const VISITS: Exists = &[(Basis::Visit, &[Whole, Service, Counter, District])];
/// Of what offices prepare.
pub(super) const PREPARATIONS: Exists = &[(Basis::Visit, &[Whole, Service, Office])];
/// In centers with campaigns.
pub(super) const DIALS: Exists = &[(Basis::Dial, &[Whole, Campaign])];
pub(super) const CONTACTS: Exists = &[(Basis::Contact, CALLERS)];
/// Of who comes: to the telephone, and to counters.
pub(super) const PEAKS: Exists =
    &[(Basis::Contact, &[Whole, ContactType, Channel]), (Basis::Visit, &[Whole, Service, Counter, District])];
pub(super) const WAITS: Exists =
    &[(Basis::Contact, &[Whole, ContactType, Channel, Topic]), (Basis::Leg, &[Queue, Vendor])];
pub(super) const HANDLES: Exists = &[(Basis::Leg, &[Whole, ContactType, Channel, Topic])];
pub(super) const TIME: Exists = &[(Basis::Time, STAFF)];
/// Of what is written.
pub(super) const WRITTEN: Exists = &[(Basis::Contact, &[ContactType, Channel, Topic])];
/// Of each target, on its own basis.
pub(super) const KEPT: Exists =
    &[(Basis::Contact, &[Target]), (Basis::Leg, &[Target]), (Basis::Need, &[Target])];
/// Needs end when their interval has long been closed.
pub(super) const KEPT_BY_INTERVAL: Exists = &[(Basis::Contact, &[Target]), (Basis::Leg, &[Target])];

pub(super) const fn ratio(
    name: &'static str,
    unit: Unit,
    exists: Exists,
    formula: &'static str,
    numerator: fn(&Totals) -> f64,
    denominator: fn(&Totals) -> f64,
) -> Measure {
    Measure {
        name,
        formula,
        unit,
        by_period: false,
        exists,
        only_with: Only::Anything,
        kind: Kind::Ratio(numerator, denominator),
    }
}

pub(super) const fn share(
    name: &'static str,
    exists: Exists,
    formula: &'static str,
    numerator: fn(&Totals) -> f64,
    denominator: fn(&Totals) -> f64,
) -> Measure {
    ratio(name, Unit::Share, exists, formula, numerator, denominator)
}

pub(super) const fn seconds(
    name: &'static str,
    exists: Exists,
    formula: &'static str,
    numerator: fn(&Totals) -> f64,
    denominator: fn(&Totals) -> f64,
) -> Measure {
    ratio(name, Unit::Seconds, exists, formula, numerator, denominator)
}

pub(super) const fn count(
    name: &'static str,
    exists: Exists,
    formula: &'static str,
    numerator: fn(&Totals) -> f64,
) -> Measure {
    ratio(name, Unit::Count, exists, formula, numerator, |_| 1.0)
}

pub(super) const fn heads(
    name: &'static str,
    formula: &'static str,
    numerator: fn(&Totals) -> f64,
) -> Measure {
    ratio(name, Unit::People, TIME, formula, numerator, |t| t.span_s)
}

pub(super) const fn special(
    name: &'static str,
    exists: Exists,
    formula: &'static str,
    kind: Kind,
) -> Measure {
    Measure { name, formula, unit: Unit::Seconds, by_period: false, exists, only_with: Only::Anything, kind }
}

pub(super) const fn kept(name: &'static str, exists: Exists, formula: &'static str, by: KeptBy) -> Measure {
    Measure {
        name,
        formula,
        unit: Unit::Share,
        by_period: false,
        exists,
        only_with: Only::Anything,
        kind: Kind::Kept(by),
    }
}

pub(super) const fn peak(name: &'static str, formula: &'static str, by: PeakBy) -> Measure {
    Measure { unit: Unit::Number, ..special(name, PEAKS, formula, Kind::Peak(by)) }
}

pub(super) const fn by_period(measure: Measure) -> Measure {
    Measure { by_period: true, ..measure }
}

pub(super) const fn of_returns(measure: Measure) -> Measure {
    Measure { only_with: Only::Returns, ..measure }
}

pub(super) const fn of_greetings(measure: Measure) -> Measure {
    Measure { only_with: Only::Greetings, ..measure }
}

pub(super) const fn of_web(measure: Measure) -> Measure {
    Measure { only_with: Only::Web, ..measure }
}

pub(super) const fn of_preparations(measure: Measure) -> Measure {
    Measure { only_with: Only::Preparations, ..measure }
}

pub(super) const fn of_writing(measure: Measure) -> Measure {
    Measure { only_with: Only::Writing, ..measure }
}

pub(super) const fn of_offers(measure: Measure) -> Measure {
    Measure { only_with: Only::Offers, ..measure }
}

pub(super) const fn of_withdrawals(measure: Measure) -> Measure {
    Measure { only_with: Only::Withdrawals, ..measure }
}

pub(super) const fn of_consultations(measure: Measure) -> Measure {
    Measure { only_with: Only::Consultations, ..measure }
}
