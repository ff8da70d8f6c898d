//! The register of diagnostics: every code, what it means, what to do.
//!
//! `docs/diagnostics.md` lists the same; a test compares them.

use std::fmt;

use super::Severity;

/// The code of a diagnostic. E1xxx files and syntax, E2xxx names, E3xxx values, E4xxx demand and calendar, E5xxx
/// routing and staffing, W6xxx warnings, N7xxx notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

/// A line of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeEntry {
    /// The code.
    pub code: Code,
    /// What it means.
    pub title: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

impl Code {
    /// As printed.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// By its letter: E is an error, W a warning, N a note.
    pub fn severity(self) -> Severity {
        match self.0.as_bytes().first() {
            Some(b'W') => Severity::Warning,
            Some(b'N') => Severity::Note,
            _ => Severity::Error,
        }
    }

    /// Its line in the register.
    pub fn entry(self) -> Option<&'static CodeEntry> {
        CODES.iter().find(|entry| entry.code == self)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Declares each code once: its constant, its line in [`CODES`].
macro_rules! codes {
    ($($name:ident $code:literal $title:literal, $remedy:literal;)*) => {
        impl Code {
            $(#[doc = concat!($code, ": ", $title, ".")] pub const $name: Code = Code($code);)*
        }

        /// Every code, in ascending order.
        pub const CODES: &[CodeEntry] =
            &[$(CodeEntry { code: Code::$name, title: $title, remedy: $remedy }),*];
    };
}

codes! {
    FILE_UNREADABLE "E1001" "a file cannot be read",
        "check that the path exists, is a file and may be read; paths are relative to the file that names them";
    FILE_TOO_LARGE "E1002" "a file is larger than 64 MB", "split it, or leave out what the scenario does not use";
    NOT_UTF8 "E1003" "a file is not UTF-8 text", "save it as UTF-8";
    SYNTAX "E1004" "a file is not valid TOML or JSON", "correct the place that is shown; the rest is read after that";
    EXTENDS_CYCLE "E1005" "files extend each other in a circle", "take `extends` out of one of them";
    REMOVES_NOTHING "E1006" "`remove` names a path that the base does not have",
        "correct the path, or leave it out";
    OVERRIDE "E1007" "an override is not of the form path=value, or its path addresses nothing",
        "write --set agent_groups.t1.staffing.heads=12; names with dots stand in quotes";
    WRITE "E1008" "output cannot be written", "check that the directory may be written and the disk has room";
    CSV "E1009" "a table file cannot be read", "give every row as many fields as the header";
    CSV_COLUMN "E1010" "a table file lacks a column or has an unknown one", "name the columns as the docs say";
    WORKBOOK "E1011" "a workbook is none, or is damaged",
        "save it again as XLSX or ODS without a password, or save the sheet as CSV";
    NO_SHEET "E1012" "a workbook has no sheet of that name", "name one that it has, as in volumes.xlsx#June";
    WORKBOOK_TOO_LARGE "E1013" "a workbook unpacks to more than 256 MB, or a sheet has more than 4 million cells or 64 MB of text",
        "leave out what the scenario does not use, or save the sheet as CSV and split it";

    STUDY_EMPTY "E1020" "a study varies nothing", "add [factors.NAME] with a path and values, or overlays";
    FACTOR_NOWHERE "E1021" "the path of a factor addresses nothing",
        "correct the path; it is written as in --set, and * stands for every name of a table";
    FACTOR_KIND "E1022" "a factor gives no values, or several kinds of them",
        "give one of values, times, range, times_range and overlays";
    FACTOR_TYPE "E1023" "a factor multiplies what is no number, or its numbers make no sense", "see what the message asks for";
    FACTOR_REFUSED "E1024" "a factor varies what the study itself decides", "set the study's own `seed`, or take it out";
    OVERLAY_ELSEWHERE "E1025" "an overlay of a study extends another scenario than the study's base",
        "let it extend the base, or nothing";
    STUDY_DESIGN "E1026" "a study's design does not go with what else it says", "see what the message asks for";
    STUDY_LEVEL "E1027" "a listed scenario names no factor, or no value of one", "choose one of those listed";
    STUDY_UNTIL "E1028" "replications cannot be spent until this is decided", "see what the message asks for";
    STUDY_MEASURE "E1029" "no measure has this name", "name one of docs/measures.md, or \"all\"";
    STUDY_TOO_LARGE "E1030" "a study has more than a million scenarios", "give fewer values, or use a Latin hypercube";
    RESULTS_OTHER "E1031" "a directory holds the results of another study, or of another version of the program",
        "choose another directory with --out, or remove that one";
    RESULTS_UNFINISHED "E1032" "a directory holds a sweep that was not finished",
        "go on with it by --resume, or remove the directory";
    RESULTS_DAMAGED "E1033" "the files of a sweep cannot be read", "remove the directory and run the sweep again";
    PARTS_APART "E1034" "parts of a sweep do not belong together", "see what the message asks for";
    NO_RESULTS "E1040" "a directory holds no results of a run or a comparison", "name the directory that simulate or compare wrote";
    OTHER_VERSION "E1041" "results were written by another version of the program",
        "simulate again, or render the report with that version";
    DAMAGED_RESULTS "E1042" "a file of results is cut off or damaged", "simulate again, or copy the directory anew";
    UNKNOWN_KEY "E2001" "no such key", "correct the spelling, or take it out";
    MISSING_KEY "E2002" "a key is missing", "add it";
    UNKNOWN_NAME "E2003" "a word that is none of those allowed here", "choose one of those listed";
    UNKNOWN_CONTACT_TYPE "E2101" "no contact type has this name", "correct it, or add [contact_types.NAME]";
    UNKNOWN_PROFILE "E2102" "no profile has this name", "correct it, or add [profiles.NAME]";
    UNKNOWN_QUEUE "E2103" "no queue has this name", "correct it, or add [queues.NAME]";
    UNKNOWN_GROUP "E2104" "no agent group has this name", "correct it, or add [agent_groups.NAME]";
    UNKNOWN_NUMBER "E2105" "no access number has this name", "correct it, or add [numbers.NAME]";
    UNKNOWN_TRUNK "E2106" "no trunk has this name", "correct it, or add [trunks.NAME]";
    UNKNOWN_VENDOR "E2107" "no vendor has this name", "correct it, or add [vendors.NAME]";
    UNKNOWN_BUSYNESS "E2108" "no busyness factor has this name", "correct it, or add [busyness.NAME]";
    UNKNOWN_OUTCOME "E2109" "no outcome of a talk has this name", "choose one of those listed";
    UNKNOWN_FORMULA "E2110" "no service level formula has this name", "choose one of those listed";
    UNKNOWN_OFFICE "E2120" "no office has this name", "correct it, or add [offices.NAME]";
    UNKNOWN_CASE_TYPE "E2121" "no case type has this name", "correct it, or add [case_types.NAME]";
    UNKNOWN_MENU "E2130" "no menu has this name", "correct it, or add [ivr.NAME]";

    WRONG_TYPE "E3001" "a value is of the wrong kind", "write the kind of value that is expected";
    BAD_DURATION "E3002" "a text is no duration", "write a number and a unit, such as \"4m30s\", \"90s\", \"250ms\"";
    BAD_CLOCK "E3003" "a text is no time of day", "write \"08:30\", from \"00:00\" to \"24:00\"";
    BAD_DATE "E3004" "a text is no date", "write \"2008-06-16\"";
    OUT_OF_RANGE "E3005" "a number is outside its range", "choose a number within the range";
    BAD_DISTRIBUTION "E3006" "a distribution's parameters do not go together", "see the family's parameters in the docs";
    BAD_VALUE "E3007" "a value makes no sense here", "see what the message asks for";
    SHARES "E3008" "shares do not add up", "let them sum to 1, or name the one that takes the `rest`";
    CSV_VALUE "E3009" "a field of a table file is no number, negative or otherwise wrong", "correct the field";
    STEADY_STATE "E3020" "a steady state's warm-up and batches do not fit the run",
        "give the warm-up alone, and at least one period a batch";

    UNKNOWN_ZONE "E4001" "no such time zone", "use an IANA name such as \"Europe/Rome\"";
    UNKNOWN_HOLIDAYS "E4002" "no such set of holidays", "use one of those listed, or a list of dates";
    BAD_HOURS "E4003" "opening hours cannot be read",
        "write \"Mon-Fri 08:30-15:30, Sat 09:00-12:00, holidays closed\"";
    BAD_PERIOD "E4004" "the period does not divide a day into whole minutes", "use 1m, 5m, 10m, 15m, 30m or 1h";
    BAD_RATE "E4005" "an arrival process gives no volume, or two, or one that cannot be spread",
        "give one of `yearly`, `per_day`, `per_hour`, `exactly`, `history` and `replay`";
    BAD_DAY_SHAPE "E4006" "a day's shape cannot be used", "give weights of equal length that sum above 0, or bands";
    TOO_LONG "E4007" "the simulated span is too long", "simulate at most 8 years";
    TOO_BUSY "E4008" "there are more arrivals than can be simulated", "lower the rate or the number of days";

    NO_NUMBER "E4009" "an arrival process names no access number where there are several", "add `number`";
    SAME_KEY "E4010" "two arrival processes draw their citizens by the same key", "give one a `key` of its own";
    NO_ARRIVALS "E4011" "there is no arrival process", "add [arrivals.NAME]";

    BAD_EVENT "E4020" "an event has no day, or names arrivals where it stands among those of one process",
        "give it a `peak`; let events for several arrivals stand in [events.NAME]";
    UNKNOWN_ARRIVALS "E4021" "no arrival process has this name", "correct it, or add [arrivals.NAME]";
    BAD_COUNTS "E4022" "first attempts cannot be told from what a volume counts", "give `counts` and `abandonment` together";
    BAD_HISTORY "E4023" "a history of counts cannot be used", "see what the message asks for";
    BAD_EXACT "E4030" "an exact number of contacts is given with what contradicts it", "see what the message asks for";
    BAD_REPLAY "E4031" "a log cannot be replayed, or is given with what contradicts it", "see what the message asks for";
    BAD_PART "E4032" "arrivals cannot be split off, or are given with what contradicts it", "see what the message asks for";
    BAD_MERGER "E4033" "a number is merged into one that is merged into another", "name the number that answers in the end";
    TWO_STARTS "E4040" "a start state is given with a run-in or a steady state", "keep one of them";
    NOT_WAITING "E4041" "contacts that are said to wait at the start could not wait there", "see what the message asks for";
    BAD_HAND_OVER "E4050" "a case is handed over twice to one office, or two stages have one order", "see what the message asks for";
    BAD_OPEN_CASES "E4051" "nothing says what the citizens of open cases wanted", "add `contact_type`";
    BAD_CURVE "E4080" "a learning curve says no factor, or two", "give `start` and `half_life`, or `weeks`";
    EMPTY_HEADS "E4081" "places stay empty in a group that is staffed by heads", "take `replaced_after` out, or staff it by shifts";
    FACTOR_ON_REST "E4082" "a factor is put on the outcome `resolved`", "put it on the others";
    FACTORS_TOO_LARGE "E4083" "factors on outcomes leave less than nothing for the last", "lower the factors, or the shares";
    UNKNOWN_DISTRICT "E4200" "no district has this name", "correct it, or add [districts.NAME]";
    UNKNOWN_COUNTER "E4201" "no counter has this name", "correct it, or add [counters.NAME]";
    UNKNOWN_SERVICE "E4202" "no service has this name", "correct it, or add [services.NAME]";
    BAD_DISTRICT "E4203" "a distance between districts is missing, or is given twice", "give both `at`, or one of them `km`";
    BAD_COUNTER "E4204" "a counter stands nowhere, or is staffed in two ways", "see what the message asks for";
    BAD_SERVICE "E4205" "a service contradicts itself, or those who want it", "see what the message asks for";
    BAD_BOOKING "E4206" "a booking's slots, choice or preparation contradict each other", "see what the message asks for";
    NO_SERVICE "E4207" "talks end with a booking of nothing", "add `service`, or take `booking` out of the outcomes";
    UNKNOWN_OFFER "E4230" "no offer has this name", "correct it, or add [offers.NAME]";
    BAD_OFFER "E4231" "an offer, or a step or announcement that speaks of one, contradicts itself", "see what the message asks for";
    BAD_CHANNEL "E4260" "a contact type says what its channel does not know", "see what the message asks for";
    BAD_CHAT "E4261" "agents who chat with several at once are asked for what they cannot", "see what the message asks for";
    NO_CONSULTATION "E4320" "talks end with a consultation, and nothing says how", "add `consultation`, or take `consult` out of the outcomes";
    BAD_CONSULTATION "E4321" "a consultation is asked for, or ends, in a way that contradicts itself", "see what the message asks for";
    BAD_WARM_TRANSFER "E4322" "a warm transfer ends at its limit with what it cannot", "write `case` or `unresolved`, or leave `otherwise` out";
    BAD_OFFICE "E4323" "an office is staffed both by numbers and by shifts, or not at all", "give one of `staff` and `shifts`";

    BAD_CAMPAIGN "E4340" "a campaign lacks something, or contradicts itself", "see what the message asks for";
    UNKNOWN_CAMPAIGN "E4341" "no campaign has this name", "correct it, or add [campaigns.NAME]";
    NAMELESS_TOPIC "E4350" "a topic has no name", "name it, or take it out";
    BAD_START_BOOKINGS "E4351" "visits are booked at the start where nobody books, or nothing says what their citizens want",
        "see what the message asks for";
    BOOKED_FULL "E4352" "more visits are booked at the start than there are places", "let fewer be booked, or check the slots";

    NO_STEP "E5001" "a queue has no usable steps", "give it a first step with `groups`";
    GROUP_AND_QUEUE "E5002" "a step names a group that does not serve the queue, or the other way round",
        "let the queue's steps and the group's `serves` name each other";
    BAD_STAFFING "E5003" "a staffing cannot be used", "give `heads` or a `file`, as the docs say";
    NO_RULE "E5004" "a contact can match no routing rule", "let the last rule have no `when`";
    SAME_ORDER "E5005" "two routing rules have the same order", "give each its own";
    ROUTING_TEST "E5006" "a routing test does not come out", "change the rule or the test";
    TOO_MANY "E5007" "there are more names of a kind than the program holds", "merge some";
    NOBODY "E5008" "nobody can ever serve a queue", "staff one of its groups";
    NO_TIER2 "E5009" "an escalation leads nowhere", "add a routing rule with `when = { tier = 2 }`";

    NO_TIER_ABOVE "E5010" "the last tier escalates", "let it end with `resolved`";
    NAMED_TWICE "E5011" "a list names the same thing twice", "keep the first";
    SAME_AFTER "E5012" "two steps of a queue begin after the same time", "merge them, or let one begin later";
    STEP_ADDS "E5013" "a later step of a queue adds no group, or replaces those of the first", "name groups with `add`";
    TOO_MANY_CLASSES "E5014" "contact types, profiles and numbers make too many kinds of contact", "merge some";
    TOO_MANY_SLOTS "E5015" "agents, openings and steps together need more event slots than there are",
        "simulate a smaller center, or part of it";
    TWO_BOUNDS "E5016" "two targets judge a contact type by different bounds", "give both the same `within`";
    LOWER_TIER "E5017" "a group of tier 1 serves a queue of contacts bound for tier 2",
        "give the group the tier 2, or lead the rule elsewhere";

    UNKNOWN_SHIFT "E5020" "no shift has this name", "correct it, or add [shifts.NAME]";
    BAD_SHIFT "E5021" "a shift has no length", "let it end at another time than it starts; for day and night write 00:00 to 24:00";
    BAD_BREAK "E5022" "a break does not fit into its shift, or two of one person overlap",
        "move it, shorten it, or let it have fewer waves";
    HEADS_AND_SHIFTS "E5023" "a group is staffed both by heads and by shifts", "keep one of them";
    BAD_ROSTER "E5024" "a roster says something twice, or nothing", "keep one row for a shift of the same days";
    SHRINKAGE_IN_CHAIR "E5025" "heads in their chair have shrinkage", "write staffing.means = \"scheduled\", or take the shrinkage out";
    BAD_SHRINKAGE "E5026" "the parts of a shrinkage contradict each other", "planned parts are rounded, by shift where there are shifts";
    ADHERENCE_OF_HEADS "E5027" "a group without shifts has an adherence", "staff it by shifts; of heads write it as a component of shrinkage";
    UNKNOWN_SITE "E5028" "no site has this name", "correct it, or add [sites.NAME]";
    WEIGHS_OTHERS "E5040" "a group weighs a queue that it does not serve", "name queues of its `serves`";
    RESERVES_OTHERS "E5041" "a step reserves agents of a group that it does not bring", "name a group of the step";
    IDLE_OF_ITS_OWN "E5042" "`if_idle_over` asks for idle agents of a group that the step brings", "write it as `reserve`";

    NO_TIER_BELOW "E5060" "the first tier sends back", "write `wrong_department`, or let tier 2 send back";
    BAD_CASE "E5080" "a case is opened, due or asked about in a way that contradicts itself", "see what the message asks for";

    PAST_OF_STRANGERS "E5100" "a rule asks for the past of callers who are not recognised", "write `recognised = true`, or take the condition out";
    NO_MARKS "E5101" "a rule's range of marks is empty", "let `below` be larger than `from`";
    WAITS_FOR_ONE "E5102" "a rule prefers the last agent in a queue whose steps have conditions",
        "take the conditions out, or let the rule lead to another queue";
    BAD_INTERRUPTION "E5120" "work that is to be interrupted cannot be", "see the message";
    BAD_BACK_OFFICE "E5121" "a group cannot work on cases so", "see the message";

    OVERLOAD "W6001" "demand exceeds what the staff can serve", "expect waits without end where callers are patient";
    UNUSED "W6002" "something is declared and used nowhere", "take it out, or use it";
    NEVER_MATCHES "W6003" "a routing rule can never match", "move it before the rule that shadows it";
    CLOSED_ALL_DAY "W6004" "a queue is closed over the whole span", "check its hours";
    FEW_REPLICATIONS "W6005" "too few replications for an interval", "run at least 10";
    UNSERVED "W6006" "contacts come while nobody who may serve them is on duty", "staff these hours, or close the queue";
    NOBODY_CALLS "W6007" "every arrival process expects nobody", "give one a rate above 0";
    PREFERS_OTHERS "W6008" "a rule prefers a group that its queue never offers contacts to",
        "add the group to a step of the queue, or take it out";
    GAPS_IN_HISTORY "W6020" "a history lacks intervals within its days", "add rows; those that are missing count as 0";
    NOT_PRECISE "W6040" "the precision that was asked for is not reached",
        "raise --replications or --time-limit, or ask for less";
    WARM_UP_LEFT "W6041" "the first batches differ from the later ones: warm-up seems to be left in",
        "lengthen scenario.steady_state.warm_up";
    BATCHES_CORRELATED "W6042" "batches that follow each other are alike, so half-widths are too small",
        "simulate more days, or choose fewer batches";
    QUEUE_GROWS "W6043" "a queue grows as long as the run goes: there is no steady state", "staff it, or lower the arrivals";
    WITHIN_YEAR "W6044" "intervals are within-year and approximate", "run at least 10 replications for how years differ";
    UNDECIDED "W6045" "an interval holds what was promised, so the target is neither met nor missed",
        "run as many replications as the message says";
    EMPTY_LEVEL "W6050" "a skill level takes nobody of its group", "raise its share, or take the level out";
    UNUSED_WEIGHTS "W6051" "a group has weights and does not take by weight", "write take = \"weighted\", or take them out";
    RESERVES_ALL "W6052" "a step asks for more idle agents than a group ever has", "reserve or ask for fewer";
    OFFICE_OVERLOAD "W6060" "the cases of an office bring more work than its people have time for", "add people or hours, or take it as the question";
    NO_PAST "W6070" "a rule asks for a past that nobody has", "take it out, or let citizens call again and be recognised";
    RESULTS_CUT "W6090" "the units of a sweep are cut off or damaged at the end", "nothing: what they held is simulated again";
    SCENARIOS_UNTRIED "W6091" "combinations of factors were not tried before a sweep began",
        "nothing: one that cannot be run ends the sweep and is named";
    COUNTER_CLOSED "W6100" "a counter is closed over the whole span", "check its hours";
    SLOTS_WHILE_CLOSED "W6110" "slots of callbacks begin while their queue is closed", "keep to the queue's hours";
    NEVER_INTERRUPTED "W6120" "work that may be interrupted never is", "take it out, or check queues and contact types";
    NO_BACK_OFFICE "W6121" "a group that is to work on cases never does", "leave fewer of it idle";
    LIST_OUTSIDE_RUN "W6140" "persons come on a campaign's list outside the run", "take them out, or check the dates";
    CAMPAIGN_CLOSED "W6141" "a campaign never dials over the whole span", "check its hours";
    LONELY_TOPIC "W6150" "a topic of one contact type has almost the name of another", "correct it, if it is the same";
    BOOKED_BEYOND "W6151" "visits booked at the start lie beyond what could be booked by then", "lessen `ahead`, or lengthen `horizon_days`";
    LONGER_AGO "W6152" "most of what is there at the start would be older than is said to be the most", "lengthen the most, or lessen the mean";
    UNUSED_PRIORITY "W6154" "a preparation has a priority, and its office does not go by priority", "write `discipline = \"priority\"` at the office, or take it out";
    NOBODY_PREPARES "W6155" "visits are prepared by an office in which nobody works", "check its staff and hours, or name another office";
    IDLE_TYPE "W6157" "a campaign names a contact type about which all its agents are equally fast", "take it out, or give the groups factors";
    OTHER_CHOICE "W6158" "a booking says how slots are chosen in another way than it chooses them", "choose that way, or take it out";

    LIST_REPLACED "N7001" "an overlay replaces a list as a whole", "nothing, if this is meant";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_so_none_comes_twice() {
        assert!(
            CODES
                .windows(2)
                .all(|pair| pair[0].code < pair[1].code || pair[0].code.severity() < pair[1].code.severity())
        );
    }

    #[test]
    fn the_letter_says_the_severity() {
        assert_eq!(Code::SYNTAX.severity(), Severity::Error);
        assert_eq!(Code::UNUSED.severity(), Severity::Warning);
        assert_eq!(Code::LIST_REPLACED.severity(), Severity::Note);
    }

    #[test]
    fn every_code_has_a_line() {
        assert_eq!(Code::UNKNOWN_QUEUE.entry().map(|entry| entry.title), Some("no queue has this name"));
        assert!(CODES.iter().all(|entry| !entry.title.is_empty() && !entry.remedy.is_empty()));
    }
}
