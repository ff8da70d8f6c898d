//! `centralino completions`: what a shell needs to complete the commands.

use clap::CommandFactory;
use clap_complete::aot::{Shell, generate};

use super::problems::Trouble;
use super::terminal::tell;
use super::{Cli, Outcome};

/// Prints the completions of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino completions bash > ~/.local/share/bash-completion/completions/centralino
  centralino completions zsh > ~/.zfunc/_centralino
  centralino completions fish > ~/.config/fish/completions/centralino.fish
  centralino completions powershell >> $PROFILE")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: KnownShell,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum KnownShell {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
}

impl Completions {
    /// Prints them.
    ///
    /// # Errors
    /// A standard output that cannot be written.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        let shell = match self.shell {
            KnownShell::Bash => Shell::Bash,
            KnownShell::Zsh => Shell::Zsh,
            KnownShell::Fish => Shell::Fish,
            KnownShell::PowerShell => Shell::PowerShell,
        };
        let mut script = Vec::new();
        generate(shell, &mut Cli::command(), "centralino", &mut script);
        tell(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Done)
    }
}
