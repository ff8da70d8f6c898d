//! Needs by topic and by the district of their citizens: a story counted by hand, and a city whose districts add up to the whole.

use centralino::measures::{Basis, ReplicationRow, ScopeKind};

use crate::audited::sound;
use crate::support::{Recorded, notices, record, scenario};

/// Six people call about taxes and nobody is at the telephone: each waits 10 s, hangs up and writes a mail an hour later. Two more write at
/// once, and one calls about something else, in vain. The elderly all live in the north, the others in the centre.
const STORY: &str = r#"
    [scenario]
    name = "topics and districts"
    start = "2024-01-08"
    days = 1
    [profiles.elderly]
    share = 0.5
    districts = { north = 1.0 }
    [profiles.others]
    share = 0.5
    districts = { centre = 1.0 }
    [districts.centre]
    at = [0.0, 0.0]
    [districts.north]
    at = [3.0, 4.0]
    [contact_types.tax_calls]
    topic = "taxes"
    patience = "10s"
    service_time = "3m"
    after_abandonment = { retrial = 1, delay = "1h", at_most = 2, instead = { tax_mails = 1 } }
    [contact_types.tax_mails]
    topic = "taxes"
    channel = "email"
    service_time = "3m"
    [contact_types.other]
    patience = "10s"
    service_time = "3m"
    [arrivals.tax_calls]
    exactly = 6
    day = { "09:00" = 1, "12:00" = 0 }
    [arrivals.tax_mails]
    exactly = 2
    day = { "09:00" = 1, "12:00" = 0 }
    [arrivals.other]
    exactly = 1
    day = { "09:00" = 1, "12:00" = 0 }
    [queues.calls.steps.first]
    groups = ["away"]
    [queues.mails.steps.first]
    groups = ["desk"]
    [routing.mails]
    order = 1
    when.type = "tax_mails"
    queue = "mails"
    [routing.calls]
    order = 2
    queue = "calls"
    [agent_groups.away]
    serves = ["calls"]
    staffing.heads = { "00:00" = 0, "23:00" = 1 }
    [agent_groups.desk]
    serves = ["mails"]
    staffing.heads = 3
"#;

fn found(run: &Recorded, measure: &str, basis: Basis, kind: ScopeKind, scope: &str) -> (f64, f64) {
    let is_it = |row: &ReplicationRow<'_>| {
        row.measure == measure && row.basis == basis && row.scope_kind == kind && row.scope == scope
    };
    let row = run.results.replication_rows().find(is_it).unwrap_or_else(|| panic!("{measure} of {scope}"));
    (row.numerator, row.denominator)
}

#[test]
fn a_topic_has_its_needs_over_all_channels() {
    let run = sound(&scenario(STORY), 1);
    let need = |measure, topic| found(&run, measure, Basis::Need, ScopeKind::Topic, topic);
    // Six with two contacts, two with one; the other caller has hung up and gives up.
    assert_eq!(need("needs", "taxes"), (8.0, 1.0));
    assert_eq!(need("contacts_per_need", "taxes"), (14.0, 8.0));
    assert_eq!(need("needs_resolved", "taxes"), (8.0, 8.0));
    assert_eq!(need("needs_unanswered", "taxes"), (0.0, 8.0));
    assert_eq!(need("needs", "other"), (1.0, 1.0));
    assert_eq!(need("needs_unanswered", "other"), (1.0, 1.0));
    // Ten seconds, an hour and three minutes of talk; or three minutes. Three people at the desk: nobody waits.
    let (time_s, of) = need("time_to_resolution", "taxes");
    assert!(of == 8.0 && (time_s - (6.0 * 3790.0 + 2.0 * 180.0)).abs() < 1e-6, "{time_s} of {of}");
    let contact = |measure, topic| found(&run, measure, Basis::Contact, ScopeKind::Topic, topic);
    assert_eq!((contact("offered", "taxes"), contact("abandoned", "taxes")), ((14.0, 1.0), (6.0, 1.0)));
    assert_eq!(contact("retrial_share", "taxes"), (6.0, 14.0));
    let topics: Vec<_> = run.logs.legs.iter().map(|leg| leg.topic.as_deref().unwrap_or_default()).collect();
    assert_eq!(topics.iter().filter(|topic| **topic == "taxes").count(), 14);
}

#[test]
fn a_district_has_the_needs_of_those_who_live_there() {
    // What is written is not of the whole: so by telephone all of them.
    let calls = STORY.replace("channel = \"email\"", "");
    let run = sound(&scenario(&calls), 1);
    let of = |kind, scope| found(&run, "needs", Basis::Need, kind, scope).0;
    let (north, centre) = (of(ScopeKind::District, "north"), of(ScopeKind::District, "centre"));
    assert!(north > 0.0 && centre > 0.0 && north + centre == 9.0, "{north} and {centre}");
    assert_eq!((north, centre), (of(ScopeKind::Profile, "elderly"), of(ScopeKind::Profile, "others")));
    for measure in ["contacts_per_need", "needs_resolved", "time_to_resolution", "needs_unanswered"] {
        let of = |kind, scope| found(&run, measure, Basis::Need, kind, scope);
        assert_eq!(of(ScopeKind::District, "north"), of(ScopeKind::Profile, "elderly"), "{measure}");
    }
    for need in &run.logs.needs {
        let home = if need.profile.as_deref() == Some("elderly") { "north" } else { "centre" };
        assert_eq!(need.district.as_deref(), Some(home));
    }
}

#[test]
fn the_audit_notices_who_lives_elsewhere_and_whose_topic_is_another() {
    let mut run = record(&scenario(STORY), 1, 0);
    let homes = run.logs.needs.len();
    run.logs.needs[homes - 1].district = None;
    run.logs.legs[0].topic = Some("elsewhere".into());
    let wrong = run.audit();
    assert!(notices(&wrong, "a citizen lives in one district of its profile"), "{wrong}");
    assert!(notices(&wrong, "a contact is about its type's topic"), "{wrong}");
}
