//! Numbers as people read them: thousands apart, decimals no finer than what is known, the half-width beside.

use crate::measures::{MeasureRow, Unit};

/// What stands where there is no data.
pub const NO_DATA: &str = "-";

/// How a kind of number is printed: scaled, with decimals, before a sign.
#[derive(Clone, Copy)]
struct Form {
    scale: f64,
    decimals: usize,
    sign: &'static str,
}

impl Form {
    /// By what a number is and how large it is.
    fn of(unit: Unit, value: f64) -> Form {
        let decimals_below = |bound: f64| usize::from(value.abs() < bound);
        match unit {
            Unit::Share => Form { scale: 100.0, decimals: 1, sign: " %" },
            Unit::Seconds => Form { scale: 1.0, decimals: decimals_below(100.0), sign: " s" },
            Unit::Count => Form { scale: 1.0, decimals: decimals_below(10.0), sign: "" },
            Unit::Contacts | Unit::People | Unit::Number => Form { scale: 1.0, decimals: 2, sign: "" },
            Unit::Money => Form { scale: 1.0, decimals: decimals_below(100.0) * 2, sign: "" },
        }
    }

    fn digits(self, value: f64) -> String {
        grouped(value * self.scale, self.decimals)
    }
}

/// `87.3 % ± 0.9`; without half-width where there is none.
pub fn with_half_width(unit: Unit, value: Option<f64>, half_width: Option<f64>) -> String {
    let Some(value) = value else { return NO_DATA.into() };
    let form = Form::of(unit, value);
    let number = format!("{}{}", form.digits(value), form.sign);
    half_width.map_or_else(|| number.clone(), |half_width| format!("{number} ± {}", form.digits(half_width)))
}

/// A row's mean with its half-width.
pub fn estimate(row: Option<&MeasureRow<'_>>) -> String {
    row.map_or_else(|| NO_DATA.into(), |row| with_half_width(row.unit, row.mean, row.half_width()))
}

/// A row's mean alone.
pub fn mean(row: Option<&MeasureRow<'_>>) -> String {
    row.map_or_else(|| NO_DATA.into(), |row| with_half_width(row.unit, row.mean, None))
}

/// `85 %`, `85.5 %`: a share that somebody wrote.
pub fn share(value: f64) -> String {
    let percent = (value * 1e6).round() / 1e4;
    format!("{percent} %")
}

/// A share with as many decimals as it is near 0 or 1: `89.05 %`, `1.84 %`, `0.0012 %`, `> 99.9999 %`.
pub fn fine_share(value: f64) -> String {
    let to_the_end = value.min(1.0 - value);
    if to_the_end > 0.0 && to_the_end < 5e-7 {
        return if value < 0.5 { "< 0.0001 %" } else { "> 99.9999 %" }.into();
    }
    let decimals = match to_the_end {
        near if near <= 0.0 => 1,
        near if near < 0.001 => 4,
        near if near < 0.01 => 3,
        _ => 2,
    };
    format!("{} %", grouped(value * 100.0, decimals))
}

/// A duration that was computed: `6.5 s`, `0.03 s`, `1,234 s`.
pub fn seconds(value: f64) -> String {
    let decimals = match value {
        long if long >= 100.0 => 0,
        short if short < 1.0 => 3,
        _ => 1,
    };
    format!("{} s", grouped(value, decimals))
}

/// `3.15`.
pub fn two_decimals(value: f64) -> String {
    grouped(value, 2)
}

/// A number with thousands apart and at most three decimals: `145`, `0.125`, `1,208.333`.
pub fn plain(value: f64) -> String {
    let text = grouped(value, 3);
    text.trim_end_matches('0').trim_end_matches('.').into()
}

/// `20 s`, `4 min`, `90 s`: a duration that somebody wrote.
pub fn duration(seconds: f64) -> String {
    if seconds >= 120.0 && seconds % 60.0 == 0.0 {
        format!("{} min", seconds / 60.0)
    } else {
        format!("{seconds} s")
    }
}

/// `1,734,872`.
pub fn count(value: u64) -> String {
    thousands(&value.to_string())
}

/// A number of replications that would do: rounded up to two digits, thousands apart.
pub fn rounded_up(value: f64) -> String {
    let mut step = 1.0;
    while value / step > 100.0 {
        step *= 10.0;
    }
    count(((value / step).ceil() * step) as u64)
}

/// Rounded to `decimals`, thousands apart; a number that rounds to zero has no sign.
fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let sign = if digits.bytes().all(|digit| matches!(digit, b'0' | b'.')) { "" } else { sign };
    let (whole, decimals) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let decimals = decimals.map_or(String::new(), |rest| format!(".{rest}"));
    format!("{sign}{}{decimals}", thousands(whole))
}

fn thousands(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_no_finer_than_what_is_known() {
        assert_eq!(with_half_width(Unit::Share, Some(0.8734), Some(0.0091)), "87.3 % ± 0.9");
        assert_eq!(with_half_width(Unit::Seconds, Some(18.34), Some(2.1)), "18.3 s ± 2.1");
        assert_eq!(with_half_width(Unit::Seconds, Some(268.4), None), "268 s");
        assert_eq!(with_half_width(Unit::Count, Some(7012.4), Some(81.2)), "7,012 ± 81");
        assert_eq!(with_half_width(Unit::Count, Some(1.25), None), "1.2");
        assert_eq!(with_half_width(Unit::Share, None, None), "-");
    }

    #[test]
    fn thousands_stand_apart_and_nothing_has_no_sign() {
        assert_eq!([7, 700, 7000, 1_734_872].map(count), ["7", "700", "7,000", "1,734,872"]);
        assert_eq!([66.2, 100.0, 661.5, 12_345.0].map(rounded_up), ["67", "100", "670", "13,000"]);
        assert_eq!(grouped(-1234.56, 1), "-1,234.6");
        assert_eq!(grouped(-0.04, 1), "0.0");
    }

    #[test]
    fn computed_numbers_have_the_decimals_that_tell_neighbours_apart() {
        let shares = [0.890499, 0.018385, 0.0012, 0.000012, 1e-9, 1.0 - 1e-9, 0.0, 1.0, 0.9995];
        let words = ["89.05 %", "1.84 %", "0.120 %", "0.0012 %", "< 0.0001 %", "> 99.9999 %"];
        assert_eq!(shares.map(fine_share)[..6], words);
        assert_eq!(shares.map(fine_share)[6..], ["0.0 %", "100.0 %", "99.9500 %"]);
        assert_eq!([6.54, 0.0312, 1234.5, 0.0].map(seconds), ["6.5 s", "0.031 s", "1,234 s", "0.000 s"]);
        assert_eq!([145.0, 0.125, 1208.3333].map(plain), ["145", "0.125", "1,208.333"]);
    }

    #[test]
    fn what_somebody_wrote_is_printed_as_written() {
        assert_eq!([0.85, 0.855, 1.0].map(share), ["85 %", "85.5 %", "100 %"]);
        assert_eq!([20.0, 90.0, 240.0, 0.5].map(duration), ["20 s", "90 s", "4 min", "0.5 s"]);
    }
}
