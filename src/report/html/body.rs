//! The content of the page: chapters, sentences, tables; a place for each chart.

use super::escaped;
use crate::report::chart::Chart;
use crate::report::document::{Chapter, Datum, Document, Figure, Grid, Note, Promise, Section, Table};
use crate::report::language::{Language, capital};

/// The content, and the charts as JSON.
pub(super) struct Body {
    pub(super) text: String,
    pub(super) charts: String,
    language: Language,
    drawn: Vec<Chart>,
    /// Whether a chapter is open.
    open: bool,
    /// How many tables there are, so that each has a name of its own.
    tables: usize,
}

impl Body {
    pub(super) fn of(document: &Document, language: Language) -> Body {
        let mut body = Body {
            text: String::new(),
            charts: String::new(),
            language,
            drawn: Vec::new(),
            open: false,
            tables: 0,
        };
        body.head(document);
        body.put("<main>\n");
        document.sections.iter().for_each(|section| body.section(section));
        body.close();
        body.warnings(&document.warnings);
        body.put("</main>\n");
        // Charts hold numbers and texts only, which always have a JSON.
        body.charts = serde_json::to_string(&body.drawn).unwrap_or_else(|_| "[]".into());
        body
    }

    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn head(&mut self, document: &Document) {
        let (title, subtitle) = (escaped(&document.title), escaped(&document.subtitle));
        self.put(&format!(
            "<header>\n<h1>{title}</h1>\n<p class=\"subtitle\">{subtitle}</p>\n<nav aria-label=\"{}\"><ul>\n",
            self.language.say("chapters", "capitoli")
        ));
        for section in &document.sections {
            if let Section::Chapter(Chapter { id, title }) = section {
                self.put(&format!("<li><a href=\"#{id}\">{}</a></li>\n", escaped(title)));
            }
        }
        self.put("</ul></nav>\n</header>\n");
    }

    fn section(&mut self, section: &Section) {
        match section {
            Section::Chapter(chapter) => self.chapter(chapter),
            Section::Prose(paragraphs) => self.prose(paragraphs),
            Section::Chart(chart) => self.chart(chart),
            Section::Grid(grid) => self.grid(grid),
            Section::Figures(figures) => self.figures(figures),
            Section::Notes(notes) => self.notes(notes),
            Section::Promises(promises) => self.promises(promises),
            Section::Table(table) => self.grid(&as_grid(table)),
        }
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.close();
        self.open = true;
        self.put(&format!("<section id=\"{}\">\n<h2>{}</h2>\n", chapter.id, escaped(&chapter.title)));
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.put("</section>\n");
        }
    }

    fn prose(&mut self, paragraphs: &[String]) {
        let (outer, inner) = if paragraphs.len() > 1 { ("ul", "li") } else { ("div", "p") };
        self.put(&format!("<{outer} class=\"prose\">\n"));
        for paragraph in paragraphs {
            self.put(&format!("<{inner}>{}</{inner}>\n", escaped(paragraph)));
        }
        self.put(&format!("</{outer}>\n"));
    }

    fn figures(&mut self, figures: &[Figure]) {
        self.put("<dl class=\"figures\">\n");
        for Figure { name, value } in figures {
            self.put(&format!(
                "<div><dt>{}</dt><dd>{}</dd></div>\n",
                escaped(&capital(name)),
                with_half(value)
            ));
        }
        self.put("</dl>\n");
    }

    fn notes(&mut self, notes: &[Note]) {
        self.put("<dl class=\"notes\">\n");
        for Note { label, text } in notes {
            self.put(&format!("<dt>{}</dt><dd>{}</dd>\n", escaped(&capital(label)), escaped(text)));
        }
        self.put("</dl>\n");
    }

    fn promises(&mut self, promises: &[Promise]) {
        for promise in promises {
            let verdict = promise.verdict.map_or("", |verdict| verdict.words());
            let line = [promise.name.as_str(), &promise.value, verdict, &promise.promised].join(" \u{2022} ");
            self.put(&format!("<p class=\"promise\">{}</p>\n", escaped(&line)));
        }
    }

    /// A place for the chart, with what must be said of it; the script fills it.
    fn chart(&mut self, chart: &Chart) {
        let (id, title, note) = (chart.id, escaped(&chart.title), escaped(&chart.note));
        let content = if chart.has_data() {
            let place = format!(
                "<div class=\"legend\"></div><div class=\"plot\" role=\"img\" aria-label=\"{title}. {note}\"></div>"
            );
            self.drawn.push(chart.clone());
            place
        } else {
            format!("<p class=\"empty\">{}</p>", self.language.no_data())
        };
        self.put(&format!(
            "<figure class=\"chart\" id=\"chart-{id}\">\n<h3>{title}</h3>\n{content}\n<figcaption>{note}</figcaption>\n</figure>\n"
        ));
    }

    fn grid(&mut self, grid: &Grid) {
        self.tables += 1;
        let (number, id, title) = (self.tables, grid.id, escaped(&grid.title));
        self.put(&format!("<div class=\"table\" id=\"table-{number}-{id}\">\n<h3>{title}</h3>\n"));
        if grid.rows.is_empty() {
            self.put(&format!("<p class=\"empty\">{}</p>\n</div>\n", self.language.no_data()));
            return;
        }
        self.put("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>");
        for (index, column) in grid.columns.iter().enumerate() {
            let class = column_class(grid, index);
            self.put(&format!(
                "<th scope=\"col\"{class}><button type=\"button\">{}</button></th>",
                escaped(&capital(column))
            ));
        }
        self.put("</tr></thead>\n<tbody>\n");
        for row in &grid.rows {
            self.put("<tr>");
            row.iter().enumerate().for_each(|(index, datum)| self.cell(datum, index == 0));
            self.put("</tr>\n");
        }
        self.put("</tbody></table></div>\n");
        if let Some(foot) = &grid.foot {
            self.put(&format!("<p class=\"foot\">{}</p>\n", escaped(foot)));
        }
        self.put("</div>\n");
    }

    fn cell(&mut self, datum: &Datum, is_first: bool) {
        let cell = match datum {
            Datum::Text(text) if is_first => format!("<th scope=\"row\">{}</th>", escaped(text)),
            Datum::Text(text) => format!("<td>{}</td>", escaped(text)),
            Datum::Mark(mark, word) => {
                format!(
                    "<td class=\"mark {}\"><span aria-hidden=\"true\">{}</span> {}</td>",
                    mark.name(),
                    mark.sign(),
                    escaped(word)
                )
            }
            Datum::Value { value: None, .. } => {
                format!("<td class=\"number none\">{}</td>", self.language.no_data())
            }
            Datum::Value { unit, value: Some(number), half_width } => {
                let text = self.language.value(*unit, Some(*number), *half_width);
                format!("<td class=\"number\" data-value=\"{number}\">{}</td>", with_half(&text))
            }
        };
        self.put(&cell);
    }

    fn warnings(&mut self, warnings: &[String]) {
        if warnings.is_empty() {
            return;
        }
        let heading = self.language.say("What to be careful with", "A che cosa fare attenzione");
        self.put(&format!("<section id=\"warnings\">\n<h2>{heading}</h2>\n<ul class=\"prose\">\n"));
        for warning in warnings {
            self.put(&format!("<li>{}</li>\n", escaped(warning)));
        }
        self.put("</ul>\n</section>\n");
    }
}

/// How a column is set: by what its cells hold.
fn column_class(grid: &Grid, column: usize) -> &'static str {
    let any = |is_it: fn(&Datum) -> bool| grid.rows.iter().any(|row| row.get(column).is_some_and(is_it));
    if any(|datum| matches!(datum, Datum::Value { .. })) {
        " class=\"number\""
    } else if any(|datum| matches!(datum, Datum::Mark(..))) {
        " class=\"mark\""
    } else {
        ""
    }
}

/// A number with its half-width set apart.
fn with_half(text: &str) -> String {
    match text.split_once(" \u{b1} ") {
        Some((number, half)) => {
            format!("{} <span class=\"half\">\u{b1}\u{a0}{}</span>", escaped(number), escaped(half))
        }
        None => escaped(text),
    }
}

/// A table of texts as one of cells.
fn as_grid(table: &Table) -> Grid {
    let row =
        |(name, cells): &(String, Vec<String>)| std::iter::once(name).chain(cells).map(Datum::text).collect();
    Grid {
        id: "table",
        title: table.heading.clone(),
        columns: std::iter::once(&table.heading).chain(&table.columns).cloned().collect(),
        rows: table.rows.iter().map(row).collect(),
        foot: table.foot.clone(),
    }
}
