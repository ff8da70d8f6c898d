//! Where a recorder's rows go: a collection, or files.

use std::io::{self, Write};

use crate::calendar::Calendar;
use crate::log::{
    AgentRow, AgentWriter, CaseRow, CaseWriter, DialRow, DialWriter, GreetingRow, GreetingWriter, LegRow,
    LegWriter, NeedRow, NeedWriter, PreparationRow, PreparationWriter, VisitRow, VisitWriter, WebRow,
    WebWriter,
};

/// Takes rows.
pub trait LogSink {
    /// A leg, or a refusal.
    fn leg(&mut self, row: LegRow);
    /// A state of an agent.
    fn agent(&mut self, row: AgentRow);
    /// A need at its end.
    fn need(&mut self, row: NeedRow);
    /// What a call met before its queue.
    fn greeting(&mut self, row: GreetingRow);
    /// A stretch of work on a case, or a case that is not closed.
    fn case(&mut self, row: CaseRow);
    /// A try at a counter.
    fn visit(&mut self, row: VisitRow);
    /// A stretch of work on the preparation of a visit, or one that is not done.
    fn preparation(&mut self, row: PreparationRow);
    /// A dial of a campaign.
    fn dial(&mut self, row: DialRow);
    /// A visit to the web site.
    fn web(&mut self, row: WebRow);
}

/// All rows in memory: for the audit and for tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogRows {
    /// Legs and refusals.
    pub legs: Vec<LegRow>,
    /// States of agents.
    pub agents: Vec<AgentRow>,
    /// Needs.
    pub needs: Vec<NeedRow>,
    /// What calls met before their queue.
    pub greetings: Vec<GreetingRow>,
    /// Work on cases.
    pub cases: Vec<CaseRow>,
    /// Tries at counters.
    pub visits: Vec<VisitRow>,
    /// Work on preparations of visits.
    pub preparations: Vec<PreparationRow>,
    /// Dials of campaigns.
    pub dials: Vec<DialRow>,
    /// Visits to the web site.
    pub web: Vec<WebRow>,
}

impl LogSink for LogRows {
    fn leg(&mut self, row: LegRow) {
        self.legs.push(row);
    }

    fn agent(&mut self, row: AgentRow) {
        self.agents.push(row);
    }

    fn need(&mut self, row: NeedRow) {
        self.needs.push(row);
    }

    fn greeting(&mut self, row: GreetingRow) {
        self.greetings.push(row);
    }

    fn case(&mut self, row: CaseRow) {
        self.cases.push(row);
    }

    fn visit(&mut self, row: VisitRow) {
        self.visits.push(row);
    }

    fn preparation(&mut self, row: PreparationRow) {
        self.preparations.push(row);
    }

    fn dial(&mut self, row: DialRow) {
        self.dials.push(row);
    }

    fn web(&mut self, row: WebRow) {
        self.web.push(row);
    }
}

/// Writes rows as they come. The first failure stops it and is told by [`LogWriters::finish`]: an observer cannot fail.
pub struct LogWriters<W: Write> {
    legs: LegWriter<W>,
    agents: AgentWriter<W>,
    needs: NeedWriter<W>,
    /// Only where calls meet something before their queue.
    greetings: Option<GreetingWriter<W>>,
    cases: Option<CaseWriter<W>>,
    visits: Option<VisitWriter<W>>,
    preparations: Option<PreparationWriter<W>>,
    dials: Option<DialWriter<W>>,
    web: Option<WebWriter<W>>,
    failure: Option<io::Error>,
}

impl<W: Write> LogWriters<W> {
    /// Writes the headers of the three files.
    ///
    /// # Errors
    /// What one of them says.
    pub fn new(legs: W, agents: W, needs: W, calendar: &Calendar) -> io::Result<Self> {
        Self::of_needs(legs, agents, NeedWriter::new(needs, calendar)?, calendar)
    }

    /// The same with districts in the file of needs.
    ///
    /// # Errors
    /// What one of them says.
    pub fn of_districts(legs: W, agents: W, needs: W, calendar: &Calendar) -> io::Result<Self> {
        Self::of_needs(legs, agents, NeedWriter::with_all_columns(needs, calendar)?, calendar)
    }

    fn of_needs(legs: W, agents: W, needs: NeedWriter<W>, calendar: &Calendar) -> io::Result<Self> {
        Ok(LogWriters {
            legs: LegWriter::new(legs, calendar)?,
            agents: AgentWriter::new(agents, calendar)?,
            needs,
            greetings: None,
            cases: None,
            visits: None,
            preparations: None,
            dials: None,
            web: None,
            failure: None,
        })
    }

    /// Writes greetings too, and the header of their file.
    ///
    /// # Errors
    /// What the file says.
    pub fn with_greetings(self, greetings: W, calendar: &Calendar) -> io::Result<Self> {
        Ok(LogWriters { greetings: Some(GreetingWriter::new(greetings, calendar)?), ..self })
    }

    /// Writes the header of a fourth file: for runs with offices.
    ///
    /// # Errors
    /// What it says.
    pub fn with_cases(self, cases: W, calendar: &Calendar) -> io::Result<Self> {
        Ok(LogWriters { cases: Some(CaseWriter::new(cases, calendar)?), ..self })
    }

    /// Writes visits too, and the header of their file.
    ///
    /// # Errors
    /// What the file says.
    pub fn with_visits(self, visits: W, calendar: &Calendar) -> io::Result<Self> {
        Ok(LogWriters { visits: Some(VisitWriter::new(visits, calendar)?), ..self })
    }

    /// Writes work on preparations too, and the header of their file.
    ///
    /// # Errors
    /// What the file says.
    pub fn with_preparations(self, preparations: W, calendar: &Calendar) -> io::Result<Self> {
        Ok(LogWriters { preparations: Some(PreparationWriter::new(preparations, calendar)?), ..self })
    }

    /// Writes dials too, and the header of their file.
    ///
    /// # Errors
    /// What the file says.
    pub fn with_dials(self, dials: W, calendar: &Calendar) -> io::Result<Self> {
        Ok(LogWriters { dials: Some(DialWriter::new(dials, calendar)?), ..self })
    }

    /// Writes visits to the web site too, and the header of their file.
    ///
    /// # Errors
    /// What the file says.
    pub fn with_web(self, web: W, calendar: &Calendar) -> io::Result<Self> {
        Ok(LogWriters { web: Some(WebWriter::new(web, calendar)?), ..self })
    }

    /// Writes what is held back and gives legs, agents and needs back, and cases, greetings, visits, preparations, dials and what came of the web site if they are written.
    ///
    /// # Errors
    /// The first failure since the beginning.
    pub fn finish(self) -> io::Result<Vec<W>> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let mut files = vec![self.legs.finish()?, self.agents.finish()?, self.needs.finish()?];
        if let Some(cases) = self.cases {
            files.push(cases.finish()?);
        }
        if let Some(greetings) = self.greetings {
            files.push(greetings.finish()?);
        }
        if let Some(visits) = self.visits {
            files.push(visits.finish()?);
        }
        if let Some(preparations) = self.preparations {
            files.push(preparations.finish()?);
        }
        if let Some(dials) = self.dials {
            files.push(dials.finish()?);
        }
        if let Some(web) = self.web {
            files.push(web.finish()?);
        }
        Ok(files)
    }

    fn note(&mut self, written: io::Result<()>) {
        if let (None, Err(failure)) = (&self.failure, written) {
            self.failure = Some(failure);
        }
    }
}

impl<W: Write> LogSink for LogWriters<W> {
    fn leg(&mut self, row: LegRow) {
        if self.failure.is_none() {
            let written = self.legs.write(&row);
            self.note(written);
        }
    }

    fn agent(&mut self, row: AgentRow) {
        if self.failure.is_none() {
            let written = self.agents.write(&row);
            self.note(written);
        }
    }

    fn need(&mut self, row: NeedRow) {
        if self.failure.is_none() {
            let written = self.needs.write(&row);
            self.note(written);
        }
    }

    fn greeting(&mut self, row: GreetingRow) {
        if let (None, Some(greetings)) = (&self.failure, &mut self.greetings) {
            let written = greetings.write(&row);
            self.note(written);
        }
    }

    fn case(&mut self, row: CaseRow) {
        if let (Some(cases), None) = (&mut self.cases, &self.failure) {
            let written = cases.write(&row);
            self.note(written);
        }
    }

    fn visit(&mut self, row: VisitRow) {
        if let (Some(visits), None) = (&mut self.visits, &self.failure) {
            let written = visits.write(&row);
            self.note(written);
        }
    }

    fn preparation(&mut self, row: PreparationRow) {
        if let (Some(preparations), None) = (&mut self.preparations, &self.failure) {
            let written = preparations.write(&row);
            self.note(written);
        }
    }

    fn dial(&mut self, row: DialRow) {
        if let (Some(dials), None) = (&mut self.dials, &self.failure) {
            let written = dials.write(&row);
            self.note(written);
        }
    }

    fn web(&mut self, row: WebRow) {
        if let (Some(web), None) = (&mut self.web, &self.failure) {
            let written = web.write(&row);
            self.note(written);
        }
    }
}
