//! The shifts as the scenario declares them: how long they are, and whether their breaks fit.

use super::findings::{Findings, path};
use crate::diagnostic::Code;
use crate::model::Break;
use crate::random::name_hash;
use crate::scenario::{self as document, Scenario};
use crate::time::SimDuration;

const DAY_S: u32 = 86_400;
/// The most waves of a break.
const MOST_WAVES: u32 = 65_535;
/// So many people of a shift are looked at for breaks that overlap: their waves come round again after fewer.
const PEOPLE_TRIED: u32 = 10_000;

/// A shift by the wall clock, its breaks sorted by name.
#[derive(Clone, Debug)]
pub(super) struct ShiftClock {
    /// When it starts, in seconds of its day.
    pub(super) start_s: u32,
    /// When it ends, counted from the midnight of the day on which it starts; later than the start.
    pub(super) end_s: u32,
    pub(super) breaks: Vec<BreakClock>,
}

/// A break by the wall clock.
#[derive(Clone, Debug)]
pub(super) struct BreakClock {
    /// When the first wave is due, counted from the midnight of the day on which the shift starts.
    pub(super) from_s: u32,
    pub(super) row: Break,
}

/// The shifts of a scenario, sorted by name.
pub(super) fn shifts(scenario: &Scenario, findings: &mut Findings) -> Vec<ShiftClock> {
    scenario.shifts.iter().map(|(name, of)| shift(name, of, findings)).collect()
}

fn shift(name: &str, of: &document::Shift, findings: &mut Findings) -> ShiftClock {
    let (start_s, end) = (of.start.as_s(), of.end.as_s());
    if start_s == end || start_s == DAY_S {
        let message = format!("the shift goes from {} to {}", of.start, of.end);
        findings.add(
            Code::BAD_SHIFT,
            path(&["shifts", name]),
            message,
            "let it end at another time; for day and night write 00:00 to 24:00",
        );
    }
    let end_s = if end > start_s { end } else { end + DAY_S };
    let breaks = of.breaks.iter().map(|(pause, of)| pause_of(name, pause, of, start_s, findings)).collect();
    let shift = ShiftClock { start_s, end_s, breaks };
    shift.check_fit(name, findings);
    shift.check_apart(name, findings);
    shift
}

fn pause_of(
    shift: &str,
    name: &str,
    of: &document::Break,
    start_s: u32,
    findings: &mut Findings,
) -> BreakClock {
    let at = path(&["shifts", shift, "breaks", name, "waves"]);
    let length = SimDuration::from_s(of.length.as_s());
    let from = of.from.as_s();
    let row = Break {
        name: name.into(),
        key: name_hash(name),
        length,
        paid: of.paid,
        waves: findings.number(&at, of.waves.into(), 1.0..=MOST_WAVES.into()) as u16,
        every: of.every.map_or(length, |every| SimDuration::from_s(every.as_s())),
    };
    BreakClock { from_s: if from >= start_s { from } else { from + DAY_S }, row }
}

impl BreakClock {
    /// From when to when the person of this number is away, in seconds from the midnight of the shift's day.
    fn of_person(&self, head: u32) -> (f64, f64) {
        let wave = head % u32::from(self.row.waves.max(1));
        let due = f64::from(self.from_s) + f64::from(wave) * self.row.every.as_s();
        (due, due + self.row.length.as_s())
    }
}

impl ShiftClock {
    /// Every wave of every break goes and returns within the shift.
    fn check_fit(&self, name: &str, findings: &mut Findings) {
        for pause in &self.breaks {
            let last = u32::from(pause.row.waves) - 1;
            let (_, returns) = pause.of_person(last);
            if returns > f64::from(self.end_s) {
                let at = path(&["shifts", name, "breaks", &pause.row.name]);
                let over = (returns - f64::from(self.end_s)) / 60.0;
                let message = format!("its last wave returns {over:.0} min after the shift has ended");
                findings.add(Code::BAD_BREAK, at, message, "begin earlier, or have fewer waves");
            }
        }
    }

    /// Nobody has two breaks at a time.
    fn check_apart(&self, name: &str, findings: &mut Findings) {
        for (i, a) in self.breaks.iter().enumerate() {
            for b in &self.breaks[i + 1..] {
                let overlap = |&head: &u32| {
                    let ((a_from, a_to), (b_from, b_to)) = (a.of_person(head), b.of_person(head));
                    a_from < b_to && b_from < a_to
                };
                let rounds = u32::from(a.row.waves) * u32::from(b.row.waves);
                let Some(head) = (0..rounds.min(PEOPLE_TRIED)).find(overlap) else { continue };
                let at = path(&["shifts", name, "breaks", &b.row.name]);
                let message = format!("person {head} of the shift has it together with \"{}\"", a.row.name);
                findings.add(
                    Code::BAD_BREAK,
                    at,
                    message,
                    "move one of them, or let both have the same waves",
                );
            }
        }
    }
}
