//! Measures in words, in both languages.

use crate::report::language::{Language, readable};

const WORDS: [(&str, &str, &str); 69] = [
    ("answered_over_offered", "service level", "livello di servizio"),
    ("answered_over_answered", "in time, of those answered", "in tempo, sui risposti"),
    (
        "abandoned_count_as_met",
        "service level, quick hang-ups as met",
        "livello di servizio, riagganci rapidi compresi",
    ),
    (
        "quick_abandons_excluded",
        "service level without quick hang-ups",
        "livello di servizio senza riagganci rapidi",
    ),
    (
        "short_abandons_excluded",
        "service level without short hang-ups",
        "livello di servizio senza riagganci brevi",
    ),
    ("flow_outs_included", "service level, those moved included", "livello di servizio, spostati compresi"),
    ("blocked_included", "service level, refused included", "livello di servizio, rifiutati compresi"),
    ("per_need", "service level by need", "livello di servizio per bisogno"),
    ("speed_of_answer", "speed of answer", "attesa media alla risposta"),
    ("wait_all", "wait of all", "attesa di tutti"),
    ("wait_abandoned", "wait of those who hang up", "attesa di chi riaggancia"),
    ("excess_wait", "wait beyond the threshold", "attesa oltre la soglia"),
    ("wait_p50", "wait, 50 % below", "attesa, 50 % sotto"),
    ("wait_p80", "wait, 80 % below", "attesa, 80 % sotto"),
    ("wait_p90", "wait, 90 % below", "attesa, 90 % sotto"),
    ("wait_p95", "wait, 95 % below", "attesa, 95 % sotto"),
    ("wait_p99", "wait, 99 % below", "attesa, 99 % sotto"),
    ("wait_max", "longest wait", "attesa massima"),
    ("abandonment", "abandoned", "abbandonati"),
    ("blocking", "blocked", "respinti"),
    ("delayed", "those who wait at all", "chi attende del tutto"),
    ("mean_queue", "mean queue", "coda media"),
    ("handle_time", "handle time", "tempo di gestione"),
    ("occupancy", "occupancy", "occupazione"),
    ("utilisation", "utilisation", "utilizzo"),
    ("heads_scheduled", "heads scheduled", "persone in turno"),
    ("heads_net", "heads present", "persone presenti"),
    ("heads_logged_in", "heads logged in", "persone collegate"),
    ("retrial_share", "try again", "richiamano"),
    ("repeat_share", "come again", "ritornano"),
    ("transfer_share", "transferred", "trasferiti"),
    ("escalation_share", "escalated", "passati di livello"),
    ("first_contact_resolution", "met at first contact", "risolti al primo contatto"),
    ("tier1_resolved", "met at tier 1", "risolti al livello 1"),
    ("needs_resolved", "needs met", "bisogni risolti"),
    ("needs_given_up", "needs given up", "bisogni abbandonati"),
    ("needs_open", "needs open at the end", "bisogni aperti alla fine"),
    ("cost", "cost", "costo"),
    ("cost_per_contact", "cost per contact", "costo per contatto"),
    ("cost_per_resolved_need", "cost per need met", "costo per bisogno risolto"),
    ("offered", "contacts offered", "contatti offerti"),
    ("answered", "contacts answered", "contatti con risposta"),
    ("fairness", "fairness", "equità"),
    ("days_met", "days that met the target", "giorni che rispettano l'obiettivo"),
    ("walk_in_wait_p50", "wait without an appointment, 50 % below", "attesa senza appuntamento, 50 % sotto"),
    ("walk_in_wait_p80", "wait without an appointment, 80 % below", "attesa senza appuntamento, 80 % sotto"),
    ("walk_in_wait_p90", "wait without an appointment, 90 % below", "attesa senza appuntamento, 90 % sotto"),
    ("walk_in_wait_p95", "wait without an appointment, 95 % below", "attesa senza appuntamento, 95 % sotto"),
    ("booked_wait_p50", "wait with an appointment, 50 % below", "attesa con appuntamento, 50 % sotto"),
    ("booked_wait_p80", "wait with an appointment, 80 % below", "attesa con appuntamento, 80 % sotto"),
    ("booked_wait_p90", "wait with an appointment, 90 % below", "attesa con appuntamento, 90 % sotto"),
    ("booked_wait_p95", "wait with an appointment, 95 % below", "attesa con appuntamento, 95 % sotto"),
    ("web_visits", "tried the web site first", "provano prima il sito"),
    ("web_deflected", "needs met by the web site, never called", "risolti dal sito, senza chiamare"),
    ("web_success", "needs met, of those who tried the web site", "risolti, su chi prova il sito"),
    ("web_then_called", "called after the web site", "chiamano dopo il sito"),
    ("persons_listed", "persons listed", "persone in lista"),
    ("dials", "dials", "chiamate di campagne"),
    ("dials_answered", "dials answered", "chiamate di campagne con risposta"),
    ("right_party_share", "right person, of talks", "persona giusta, sui colloqui"),
    ("dial_abandonment", "abandoned, of dials answered", "abbandonate, sulle chiamate con risposta"),
    ("dial_wait", "wait for an agent after a dial", "attesa dell'operatore dopo la risposta"),
    ("persons_reached", "persons reached", "persone raggiunte"),
    ("persons_exhausted", "persons dialled in vain to the last", "persone chiamate invano fino all'ultima"),
    ("persons_finished", "persons finished", "persone concluse"),
    ("reach_share", "reached, of persons finished", "raggiunte, sulle persone concluse"),
    ("attempts_per_person", "attempts per person", "tentativi per persona"),
    ("agent_time_per_reach", "agent time per reach", "tempo operatore per persona raggiunta"),
    ("cost_per_reach", "cost per reach", "costo per persona raggiunta"),
];

/// A measure in words; its name without underscores where there are none.
pub(super) fn measure_words(language: Language, measure: &str) -> String {
    let words = WORDS.iter().find(|(name, _, _)| *name == measure);
    words.map_or_else(|| readable(measure), |&(_, english, italian)| language.say(english, italian).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::Measure;

    #[test]
    fn every_word_belongs_to_a_measure() {
        for (name, _, _) in WORDS {
            assert!(Measure::named(name).is_some(), "{name}");
        }
        assert_eq!(measure_words(Language::Italian, "occupancy"), "occupazione");
        assert_eq!(measure_words(Language::English, "sent_away"), "sent away");
    }
}
