//! The program: parse the command line, run the command, tell how it went.

use std::process::ExitCode;

use centralino::cli::Cli;

fn main() -> ExitCode {
    Cli::parse().run().into()
}
