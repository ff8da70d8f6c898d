//! Profiles of citizens, and whether they are served alike.

use super::shared::{Telling, name};
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::{Axis, Bars, Chart, ChartKind, Rule};
use crate::report::document::{Grid, Section};
use crate::report::language::{Language, readable};

/// The measure by which fairness is defined.
const LEVEL: &str = "answered_over_offered";

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let profiles = tell.largest_first(ScopeKind::Profile, "offered", Basis::Contact);
    if profiles.len() < 2 {
        return Vec::new();
    }
    vec![
        tell.heading("profiles", "Profiles and fairness", "Profili ed equità"),
        Section::Prose(vec![fairness(tell, &profiles)]),
        Section::Chart(levels(tell, &profiles)),
        Section::Grid(table(tell, &profiles)),
    ]
}

fn fairness(tell: &Telling<'_>, profiles: &[&str]) -> String {
    let level = |profile: &str| tell.mean(LEVEL, Basis::Contact, ScopeKind::Profile, profile);
    let mut known: Vec<(&str, f64)> =
        profiles.iter().filter_map(|&profile| Some((profile, level(profile)?))).collect();
    known.sort_by(|a, b| a.1.total_cmp(&b.1));
    let ([worst, ..], [.., best]) = (known.as_slice(), known.as_slice()) else {
        return tell.language.no_data().into();
    };
    let share = |value: f64| tell.language.value(Unit::Share, Some(value), None);
    let fairness = tell.whole("fairness", Basis::Contact);
    let (bad, good) = (readable(worst.0), readable(best.0));
    match tell.language {
        Language::English => format!(
            "The profile that is served worst is {bad} ({} {}), the one served best {good} ({}); the first has {fairness} of the \
             second's service level.",
            share(worst.1),
            tell.in_time(),
            share(best.1)
        ),
        Language::Italian => format!(
            "Il profilo servito peggio è {bad} ({} di {}), quello servito meglio {good} ({}); rapporto tra i due livelli di \
             servizio: {fairness}.",
            share(worst.1),
            tell.in_time(),
            share(best.1)
        ),
    }
}

fn levels(tell: &Telling<'_>, profiles: &[&str]) -> Chart {
    Chart {
        id: "profiles",
        title: tell.text("Service level by profile", "Livello di servizio per profilo"),
        note: tell.text("The whiskers are 95 % intervals.", "I baffi sono intervalli al 95 %."),
        kind: ChartKind::Bars(Bars {
            x: Axis::share(tell.in_time()),
            bars: tell.bars(LEVEL, Basis::Contact, ScopeKind::Profile, profiles),
            rule: tell.promised().map(|at| Rule { at, name: tell.promise_name(at) }),
        }),
    }
}

fn table(tell: &Telling<'_>, profiles: &[&str]) -> Grid {
    let kind = ScopeKind::Profile;
    let columns = tell.say(
        [
            "profile",
            "offered",
            "answered in time",
            "speed of answer",
            "abandoned",
            "needs met",
            "met at first contact",
        ],
        [
            "profilo",
            "offerti",
            "risposti in tempo",
            "attesa media",
            "abbandonati",
            "bisogni risolti",
            "risolti al primo contatto",
        ],
    );
    let row = |profile: &&str| {
        let datum = |measure: &str, basis: Basis| tell.datum(measure, basis, kind, profile);
        vec![
            name(profile),
            datum("offered", Basis::Contact),
            datum(LEVEL, Basis::Contact),
            datum("speed_of_answer", Basis::Contact),
            datum("abandonment", Basis::Contact),
            datum("needs_resolved", Basis::Need),
            datum("first_contact_resolution", Basis::Need),
        ]
    };
    Grid {
        id: "profiles-table",
        title: tell.text("Profiles", "Profili"),
        columns: columns.map(String::from).into(),
        rows: profiles.iter().map(row).collect(),
        foot: Some(tell.text(
            "First contact: of needs first answered more than seven days before the end; a shorter run has no data.",
            "Primo contatto: dei bisogni con la prima risposta più di sette giorni prima della fine; una simulazione più breve non ha dati.",
        )),
    }
}
