//! Warnings in the reader's language.
//!
//! They are kept as they were told, in English. Italian readers get the title of the code, and the words as they were told behind it, since
//! these name paths, values and remedies; sentences without a code are few and are translated whole.

use crate::report::language::Language;

/// Titles of warnings and notes.
const TITLES: [(&str, &str); 36] = [
    ("W6001", "la domanda supera ciò che il personale può servire"),
    ("W6002", "qualcosa è dichiarato e non è usato da nessuna parte"),
    ("W6003", "una regola di instradamento non può mai valere"),
    ("W6004", "una coda è chiusa per tutto il periodo"),
    ("W6005", "troppo poche repliche per un intervallo"),
    ("W6006", "arrivano contatti mentre nessuno che possa servirli è in turno"),
    ("W6007", "nessun processo di arrivo attende qualcuno"),
    ("W6008", "una regola preferisce un gruppo a cui la sua coda non offre mai contatti"),
    ("W6020", "a una serie storica mancano intervalli nei suoi giorni"),
    ("W6040", "la precisione richiesta non è raggiunta"),
    ("W6041", "i primi lotti differiscono dai successivi: sembra rimasto l'avvio"),
    ("W6042", "i lotti consecutivi si somigliano, quindi le semiampiezze sono troppo piccole"),
    ("W6043", "una coda cresce finché dura la simulazione: non c'è stato stazionario"),
    ("W6044", "gli intervalli sono entro l'anno e approssimati"),
    ("W6045", "un intervallo contiene il valore promesso, quindi l'obiettivo non è né rispettato né mancato"),
    ("W6050", "un livello di competenza non prende nessuno del suo gruppo"),
    ("W6051", "un gruppo ha pesi e non sceglie per peso"),
    ("W6052", "un passo chiede più operatori liberi di quanti un gruppo abbia mai"),
    ("W6060", "le pratiche di un ufficio portano più lavoro di quanto le sue persone abbiano tempo"),
    ("W6070", "una regola chiede un passato che nessuno ha"),
    ("W6090", "le unità di uno studio sono troncate o danneggiate alla fine"),
    ("W6091", "non tutte le combinazioni di fattori sono state provate prima di cominciare"),
    ("W6100", "uno sportello è chiuso per tutto il periodo"),
    ("W6110", "fasce di richiamata cominciano mentre la loro coda è chiusa"),
    ("W6120", "un lavoro che si può interrompere non lo è mai"),
    ("W6121", "un gruppo che deve lavorare alle pratiche non lo fa mai"),
    ("W6140", "persone entrano nella lista di una campagna fuori dal periodo simulato"),
    ("W6141", "una campagna non chiama mai in tutto il periodo"),
    ("W6150", "un argomento di un solo tipo di contatto ha quasi il nome di un altro"),
    ("W6151", "visite già prenotate all'inizio oltre quanto si poteva prenotare allora"),
    ("W6152", "quasi tutto ciò che c'è all'inizio sarebbe più vecchio del massimo indicato"),
    ("W6154", "una preparazione ha una priorità che il suo ufficio non segue"),
    ("W6155", "visite preparate da un ufficio in cui non lavora nessuno"),
    (
        "W6157",
        "una campagna nomina un tipo di contatto per cui tutti i suoi operatori sono ugualmente veloci",
    ),
    ("W6158", "una prenotazione indica come scegliere i posti in un modo che non segue"),
    ("N7001", "una variante sostituisce un elenco per intero"),
];

/// Sentences without a code; `{}` is what varies.
const SENTENCES: [(&str, &str); 6] = [
    (
        "{} filled without bound in {} of {} replications; its numbers are not to be used",
        "{} si è riempito senza limite in {} repliche su {}; i suoi numeri non sono da usare",
    ),
    (
        "{} replications are few: intervals are themselves uncertain; run at least {} with --replications",
        "{} repliche sono poche: gli intervalli stessi sono incerti; simularne almeno {} con --replications",
    ),
    (
        "{} has the inputs of the base, so nothing can differ",
        "{} ha gli stessi dati della base, quindi nulla può differire",
    ),
    (
        "{} scenarios filled without bound in some replication, the first of them scenario {}; their numbers are not to be used",
        "{} scenari si sono riempiti senza limite in qualche replica, il primo è lo scenario {}; i loro numeri non sono da usare",
    ),
    (
        "{} replications are few: intervals are themselves uncertain; give at least {} in the study",
        "{} repliche sono poche: gli intervalli stessi sono incerti; darne almeno {} nello studio",
    ),
    ("{} scenarios are undecided; raise at_most", "{} scenari restano indecisi; alzare at_most"),
];

/// Warnings as they are shown.
pub(super) fn shown(warnings: &[String], language: Language) -> Vec<String> {
    let one = |warning: &String| match language {
        Language::English => warning.clone(),
        Language::Italian => italian(warning).unwrap_or_else(|| warning.clone()),
    };
    warnings.iter().map(one).collect()
}

fn italian(warning: &str) -> Option<String> {
    let (code, told) = warning.split_once(' ')?;
    if let Some((_, title)) = TITLES.iter().find(|(of, _)| *of == code) {
        return Some(format!("{code} {title}. In inglese: {told}"));
    }
    SENTENCES.iter().find_map(|(english, italian)| Some(filled(italian, &parts(english, warning)?)))
}

/// What stands in a text where its pattern has `{}`; `None` if it is another's.
fn parts<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut parts = Vec::new();
    for piece in pieces {
        let end = if piece.is_empty() { rest.len() } else { rest.find(piece)? };
        parts.push(&rest[..end]);
        rest = &rest[end + piece.len()..];
    }
    rest.is_empty().then_some(parts)
}

fn filled(pattern: &str, parts: &[&str]) -> String {
    let mut pieces = pattern.split("{}");
    let mut text = pieces.next().unwrap_or_default().to_string();
    for (piece, part) in pieces.zip(parts) {
        text.push_str(part);
        text.push_str(piece);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{CODES, Severity};

    #[test]
    fn every_title_belongs_to_a_code() {
        for (code, _) in TITLES {
            assert!(CODES.iter().any(|entry| entry.code.as_str() == code), "{code}");
        }
    }

    #[test]
    fn every_warning_and_note_has_a_title() {
        let told = CODES.iter().map(|entry| entry.code).filter(|code| code.severity() != Severity::Error);
        let without: Vec<&str> = told
            .map(|code| code.as_str())
            .filter(|code| TITLES.iter().all(|(titled, _)| titled != code))
            .collect();
        assert!(without.is_empty(), "no Italian title: {without:?}");
    }

    #[test]
    fn a_title_is_italian_and_the_rest_stays_as_it_was_told() {
        let told = ["W6060 offices.registry: 12 hours of work a day; add people".to_string()];
        assert_eq!(shown(&told, Language::English), told);
        assert_eq!(
            shown(&told, Language::Italian),
            [
                "W6060 le pratiche di un ufficio portano più lavoro di quanto le sue persone abbiano tempo. In inglese: offices.registry: 12 hours of work a day; add people"
            ]
        );
    }

    #[test]
    fn sentences_are_translated_with_what_varies() {
        let told = "more heads filled without bound in 2 of 10 replications; its numbers are not to be used";
        let italian = shown(&[told.into(), "something else".into()], Language::Italian);
        assert_eq!(
            italian,
            [
                "more heads si è riempito senza limite in 2 repliche su 10; i suoi numeri non sono da usare",
                "something else"
            ]
        );
    }
}
