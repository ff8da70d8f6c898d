//! `results.parquet`: the rows of `results.csv` with typed columns, for programs that read columns.
//!
//! Made of the finished table a group of rows at a time, so that memory does not grow with it. Compiled with the feature `parquet` only.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::files::{AtomicFile, WriteError};

/// Rows of a group.
const GROUP: usize = 65_536;
/// Whole numbers, and numbers that may lack; every other column is text.
const WHOLE: [&str; 2] = ["scenario", "n"];
const NUMBERS: [&str; 6] = ["value", "half_width", "low", "high", "difference", "difference_half_width"];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Whole,
    Number,
    Text,
}

/// Writes `results.parquet` beside the finished `results.csv` of a sweep's directory.
///
/// # Errors
/// The system's refusals.
pub fn write_parquet(directory: &Path) -> Result<(), WriteError> {
    let (from, to) = (directory.join("results.csv"), directory.join("results.parquet"));
    let table = File::open(&from).map_err(WriteError::new("read", &from))?;
    let mut file = AtomicFile::create(&to)?;
    convert(BufReader::new(table), &mut file)
        .map_err(|error| WriteError::new("write", &to)(io::Error::other(error)))?;
    file.commit()
}

fn convert(table: impl io::Read, out: &mut (impl io::Write + Send)) -> Result<(), Failed> {
    let mut rows = csv::Reader::from_reader(table);
    let names: Vec<String> = rows.headers()?.iter().map(String::from).collect();
    let kinds: Vec<Kind> = names.iter().map(|name| kind(name)).collect();
    let properties = WriterProperties::builder().set_created_by("centralino".into()).build();
    let mut writer = SerializedFileWriter::new(out, schema(&names, &kinds)?, Arc::new(properties))?;
    let mut group: Vec<csv::StringRecord> = Vec::new();
    for row in rows.records() {
        group.push(row?);
        if group.len() == GROUP {
            write_group(writer.next_row_group()?, &kinds, &group)?;
            group.clear();
        }
    }
    if !group.is_empty() {
        write_group(writer.next_row_group()?, &kinds, &group)?;
    }
    writer.close()?;
    Ok(())
}

fn kind(name: &str) -> Kind {
    match name {
        name if WHOLE.contains(&name) => Kind::Whole,
        name if NUMBERS.contains(&name) => Kind::Number,
        _ => Kind::Text,
    }
}

fn schema(names: &[String], kinds: &[Kind]) -> Result<TypePtr, ParquetError> {
    let field = |(name, kind): (&String, &Kind)| {
        let (physical, repetition, converted) = match kind {
            Kind::Whole => (Physical::INT64, Repetition::REQUIRED, ConvertedType::NONE),
            Kind::Number => (Physical::DOUBLE, Repetition::OPTIONAL, ConvertedType::NONE),
            Kind::Text => (Physical::BYTE_ARRAY, Repetition::REQUIRED, ConvertedType::UTF8),
        };
        let built = Type::primitive_type_builder(name, physical)
            .with_repetition(repetition)
            .with_converted_type(converted)
            .build();
        built.map(Arc::new)
    };
    let fields: Result<Vec<TypePtr>, ParquetError> = names.iter().zip(kinds).map(field).collect();
    Type::group_type_builder("results").with_fields(fields?).build().map(Arc::new)
}

fn write_group<W: io::Write + Send>(
    mut group: SerializedRowGroupWriter<'_, W>,
    kinds: &[Kind],
    rows: &[csv::StringRecord],
) -> Result<(), Failed> {
    let cells = |column: usize| rows.iter().map(move |row| row.get(column).unwrap_or_default());
    for (column, kind) in kinds.iter().enumerate() {
        let Some(mut writer) = group.next_column()? else { break };
        match kind {
            Kind::Whole => {
                let numbers: Vec<i64> = cells(column).map(|cell| cell.parse().unwrap_or(0)).collect();
                writer.typed::<Int64Type>().write_batch(&numbers, None, None)?;
            }
            Kind::Number => {
                let there: Vec<i16> = cells(column).map(|cell| i16::from(!cell.is_empty())).collect();
                let numbers: Vec<f64> = cells(column).filter_map(|cell| cell.parse().ok()).collect();
                writer.typed::<DoubleType>().write_batch(&numbers, Some(&there), None)?;
            }
            Kind::Text => {
                let texts: Vec<ByteArray> = cells(column).map(ByteArray::from).collect();
                writer.typed::<ByteArrayType>().write_batch(&texts, None, None)?;
            }
        }
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

/// Why a table could not be turned into columns.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("results.csv: {0}")]
    Table(#[from] csv::Error),
    #[error(transparent)]
    Columns(#[from] ParquetError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    const TABLE: &str =
        "scenario,volume,measure,value,half_width,n\n0,1.5,cost,100.25,2,10\n1,base,cost,,,20\n";

    fn read(bytes: Vec<u8>) -> SerializedFileReader<File> {
        let mut file = tempfile::tempfile().unwrap();
        io::Write::write_all(&mut file, &bytes).unwrap();
        SerializedFileReader::new(file).unwrap()
    }

    fn converted(table: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        convert(table.as_bytes(), &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn columns_are_typed_and_what_lacks_is_null() {
        let reader = read(converted(TABLE));
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].get_long(0).unwrap(), rows[0].get_string(1).unwrap().as_str()), (0, "1.5"));
        assert_eq!((rows[0].get_double(3).unwrap(), rows[1].get_long(5).unwrap()), (100.25, 20));
        assert!(rows[1].get_double(3).is_err() && rows[1].get_string(1).unwrap() == "base");
    }

    #[test]
    fn many_rows_come_in_groups_and_the_bytes_are_the_same() {
        let mut table = String::from("scenario,value\n");
        (0..GROUP + 5).for_each(|row| table += &format!("{row},0.5\n"));
        let bytes = converted(&table);
        assert_eq!(bytes, converted(&table));
        let reader = read(bytes);
        assert_eq!(reader.num_row_groups(), 2);
        assert_eq!(reader.metadata().file_metadata().num_rows(), GROUP as i64 + 5);
    }
}
