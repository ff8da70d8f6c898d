//! Which replications are logged: the value of `--log`.

use std::str::FromStr;

/// Replications by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LogChoice {
    /// Every one.
    All,
    /// Those of these numbers, in ascending order.
    These(Vec<u32>),
}

impl LogChoice {
    /// The replications chosen out of `replications`, in ascending order.
    ///
    /// # Errors
    /// A number that there will not be.
    pub(super) fn out_of(&self, replications: u32) -> Result<Vec<u32>, String> {
        match self {
            LogChoice::All => Ok((0..replications).collect()),
            LogChoice::These(numbers) => match numbers.iter().find(|&&number| number >= replications) {
                Some(number) => Err(format!(
                    "--log {number}: there is no such replication; {replications} are numbered 0 to {}",
                    replications - 1
                )),
                None => Ok(numbers.clone()),
            },
        }
    }

    /// As the command has it.
    pub(super) fn text(&self) -> String {
        match self {
            LogChoice::All => "--log all".into(),
            LogChoice::These(numbers) => {
                format!("--log {}", numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(","))
            }
        }
    }
}

impl FromStr for LogChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<LogChoice, String> {
        if text == "all" {
            return Ok(LogChoice::All);
        }
        let numbers: Result<Vec<u32>, _> = text.split(',').map(|number| number.trim().parse()).collect();
        let mut numbers = numbers.map_err(|_| {
            format!(
                "\"{text}\" is no list of replications: write --log 0,3, or --log behind the file for all"
            )
        })?;
        numbers.sort_unstable();
        numbers.dedup();
        Ok(LogChoice::These(numbers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_replications_from_0_in_any_order() {
        let chosen: LogChoice = "3, 0,3".parse().unwrap();
        assert_eq!(chosen, LogChoice::These(vec![0, 3]));
        assert_eq!((chosen.out_of(4), chosen.text()), (Ok(vec![0, 3]), "--log 0,3".into()));
        assert_eq!("all".parse::<LogChoice>().unwrap().out_of(2), Ok(vec![0, 1]));
    }

    #[test]
    fn what_there_is_not_is_refused() {
        let beyond = "4".parse::<LogChoice>().unwrap().out_of(4).unwrap_err();
        assert_eq!(beyond, "--log 4: there is no such replication; 4 are numbered 0 to 3");
        for text in ["", "0,", "-1", "weekday.toml"] {
            assert!(text.parse::<LogChoice>().is_err(), "{text}");
        }
    }
}
