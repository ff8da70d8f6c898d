//! What a row of a log is, and how its columns are declared once for the struct, the header, the writer and the reader.

use super::cell::{Cell, Pen};
use super::read::Eye;

/// A row of a log.
pub trait Row: Sized {
    /// The columns in the order in which they are written.
    const COLUMNS: &'static [&'static str];

    /// How many of the last columns a file may do without; they are read as empty then.
    const SPARE: usize = 0;

    /// Writes the cells in the order of [`COLUMNS`](Row::COLUMNS).
    fn write(&self, pen: &mut Pen<'_>) -> Result<(), csv::Error>;

    /// Reads the cells in the order of [`COLUMNS`](Row::COLUMNS).
    ///
    /// # Errors
    /// The first cell that does not hold what its column asks for.
    fn read(eye: &mut Eye<'_>) -> Result<Self, String>;
}

/// Declares a struct whose fields are the columns of a log.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident $(spare $spare:literal)? { $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type),+
        }

        impl $crate::log::Row for $name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];
            $(const SPARE: usize = $spare;)?

            fn write(&self, pen: &mut $crate::log::cell::Pen<'_>) -> Result<(), csv::Error> {
                $(pen.put(&self.$field)?;)+
                Ok(())
            }

            fn read(eye: &mut $crate::log::read::Eye<'_>) -> Result<Self, String> {
                Ok($name { $($field: eye.next()?),+ })
            }
        }
    };
}

pub(super) use row;

impl Eye<'_> {
    /// The next cell as what its column holds.
    pub(super) fn next<C: Cell>(&mut self) -> Result<C, String> {
        let (column, text) = self.next_text();
        C::read(text, self.names).map_err(|why| format!("{column}: {why}"))
    }
}
