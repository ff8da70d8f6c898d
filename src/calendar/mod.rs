//! The local calendar: zone, days with 23 or 25 hours, holidays, opening hours, the period grid.
//!
//! Everything that has a name on a wall calendar is translated here to unix seconds and back, so that the engine
//! knows only integers. jiff, with its own copy of the zone database, lives here and nowhere else.

mod clock;
mod date;
mod grid;
mod holidays;
mod hours;
mod timestamp;
mod zone;

pub use clock::{Clock, ClockError};
pub use date::{Date, DateError, DayKind, Weekday};
pub use grid::{PeriodGrid, QUARTER_HOUR_S, quarter_hour};
pub use holidays::{HolidaySet, UnknownHolidays, easter};
pub use hours::{Hours, HoursError};
pub use zone::{Calendar, CalendarError, Local, WallInstants};
