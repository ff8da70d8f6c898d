//! What a random number is drawn for.
//!
//! Each purpose has a frozen constant; two purposes of one entity share nothing.

/// What a draw decides. The order is frozen: new purposes go to the end and take the next constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Purpose {
    /// How many needs a cell brings.
    Count,
    /// Where in its cell a need begins.
    Offset,
    /// The mark that gives a need its contact type.
    ContactType,
    /// The citizen's profile.
    Profile,
    /// Whether the telephone system knows the caller.
    Recognised,
    /// The access number dialled.
    Number,
    /// The citizen's district.
    District,
    /// Whether the contact turns away at the sight of the queue.
    Balking,
    /// Patience time.
    Patience,
    /// Talk at tier 1, one for the need's whole life.
    TalkTier1,
    /// Talk at tier 2.
    TalkTier2,
    /// Talk at tier 3.
    TalkTier3,
    /// Wrap-up.
    WrapUp,
    /// How a service ends: resolved, transferred, case, none.
    Outcome,
    /// Whether an unserved need tries again.
    Retrial,
    /// After how long it tries again.
    RetrialDelay,
    /// A level of a busyness factor.
    Busyness,
    /// Whether an agent of the plan is absent.
    Absence,
    /// Which agent, where routing is random.
    AgentChoice,
    /// "Any news?" contacts about a case.
    Status,
    /// Whether and which case is opened.
    Case,
    /// An office's work on a case.
    Office,
    /// A try of the dialler.
    Dialler,
    /// The need's topic.
    Topic,
    /// The need's niche within its topic.
    Subtopic,
    /// Whether it is a complaint.
    Complaint,
    /// The citizen's language.
    Language,
    /// The channel chosen.
    Channel,
    /// Whether a callback is accepted, and met.
    Callback,
    /// What kind of booking is taken.
    Booking,
    /// Whether a booked visitor comes.
    NoShow,
    /// A delay before entry: menus, answer delay.
    Delay,
    /// Shrinkage within a shift.
    Shrinkage,
    /// How late a person comes or returns, how early one leaves.
    Adherence,
    /// How long the lookup of a caller's number takes.
    Lookup,
    /// Whether that lookup fails.
    LookupFails,
    /// Whether the menu meets the need.
    SelfService,
    /// What the caller chooses in the menu.
    Choice,
    /// How long an agent talks with a caller who chose wrongly.
    Redirect,
    /// Whether a case goes on to another office.
    HandOver,
    /// Whether and when a closed case is opened again.
    Reopening,
    /// When a closing message comes, and what its citizen makes of it.
    Message,
    /// The part of all needs to which rules count a need.
    Mark,
    /// How long a second agent is asked for advice.
    Consultation,
    /// How long the first agent goes on afterwards.
    Conclusion,
    /// How old a case is that is open at the start.
    Age,
    /// Whether an agent leaves for good before a day.
    Attrition,
    /// How long an agent dials for a callback.
    DialTime,
    /// Whether a citizen who is called back answers.
    Reached,
    /// From a try of a callback to the next.
    CallbackDelay,
    /// Which slot a citizen takes for a callback.
    Slot,
    /// Whether another way than waiting meets the need.
    Deferral,
    /// Where a study's scenario lies in a factor's range.
    Design,
    /// Whether and where the citizen of a chat falls silent.
    IdleOut,
    /// Whether a citizen tries the web site first, and what comes of it.
    Web,
    /// How far ahead a visit lies that is booked when the run begins.
    Ahead,
    /// An office's work on the preparation of a visit.
    Preparation,
}

impl Purpose {
    /// The constant that sets this purpose's draws apart.
    #[inline(always)]
    pub(super) fn constant(self) -> u64 {
        PURPOSE[self as usize]
    }
}

/// Purpose p's constant is mix((p + 1) * 0xD1342543DE82EF95), an odd multiplier (Steele and Vigna 2022); entries beyond
/// the last purpose wait for those to come.
#[rustfmt::skip]
pub(super) static PURPOSE: [u64; 64] = [
    0x43a8a0361e8473b6, 0x182409cca340a5e7, 0x02c8bbf468e6c21a, 0x8582ae4353c8e118, 0x5709035d15ca6d48,
    0x602f20c1e6076084, 0xfcc5f1b573a94346, 0x65a30581f35ae760, 0x4607d8fbf138385d, 0xca7bbabe7befe947,
    0x14432f2489ce56c4, 0x7e65e4bd18196054, 0xdd37631db1a2fa1b, 0x4b34f4f119cbad6c, 0xd4903e937231eae6,
    0x16676241947ae3fd, 0x2680abefa034a02c, 0x31720906cdc76c6a, 0x4d46419ecd06f4af, 0x0bfed22a4c2c6c11,
    0x331c5a4369878f9b, 0xb05d8eeb0dd6890e, 0xf5c4a4c6d936ba57, 0x5eca692deadbe04b, 0x6e8f9f8cf3f56d49,
    0x11d46d85ea2cb2b5, 0xfeeca21e111f3199, 0x9669e9e233975ad9, 0x8b2e2aa6e2a9dd87, 0x6aec8828d6a02158,
    0xa710bb4e16b92957, 0xa3d621770136290e, 0x34cfa0e7f49e747f, 0x200c1475a285682f, 0x2bafd4fc3a9a37f6,
    0xe2793d27839f37f4, 0x974b603a1dec1b35, 0xebf03039e1e164a5, 0x6af8c9c9c6fe5cb5, 0xbd5ffb674c133cf2,
    0x10a756665c68e592, 0x0b9b0ba5e778fae6, 0x84cf8870c2c02cd8, 0x96a9408ba2324fa0, 0x694b2392917beeee,
    0x0319332bca537056, 0xb594abeaa22471ea, 0xb335f71897228cdb, 0x750628e6c958e35b, 0xdd1f3f19e7eada92,
    0xf36da7bc4b1cd085, 0x7e4683fae9927a3a, 0xd9e637d126727b9d, 0xa34a94aca73e1c23, 0x943e67e38f41ecca,
    0xb53b44bb7c3d5f2c, 0xbf8f94e7d3cfa182, 0xcacaa769eb03658d, 0x2b1ea1237b54c1b6, 0x6b70351ae06e6166,
    0x35f1623241fee02d, 0x4e2176bc2d7252af, 0xe31acf29a6f153c5, 0x6415f6b2c0166f3f,
];

#[cfg(test)]
mod tests {
    use super::super::mix;
    use super::*;

    #[test]
    fn the_constants_come_from_the_mixer_and_are_distinct() {
        for (p, &constant) in PURPOSE.iter().enumerate() {
            assert_eq!(constant, mix((p as u64 + 1).wrapping_mul(0xD134_2543_DE82_EF95)), "purpose {p}");
            assert!(!PURPOSE[..p].contains(&constant), "purpose {p}");
        }
    }

    #[test]
    fn the_order_is_frozen() {
        let places = [
            (Purpose::Count, 0),
            (Purpose::Offset, 1),
            (Purpose::Patience, 8),
            (Purpose::TalkTier1, 9),
            (Purpose::Busyness, 16),
            (Purpose::Topic, 23),
            (Purpose::Shrinkage, 32),
            (Purpose::Lookup, 34),
            (Purpose::Redirect, 38),
            (Purpose::Message, 41),
            (Purpose::Conclusion, 44),
            (Purpose::Age, 45),
            (Purpose::Attrition, 46),
            (Purpose::DialTime, 47),
            (Purpose::Deferral, 51),
            (Purpose::Ahead, 55),
        ];
        for (purpose, place) in places {
            assert_eq!(purpose as u8, place, "{purpose:?}");
        }
        assert_eq!(Purpose::Count.constant(), 0x43a8a0361e8473b6);
        assert_eq!(Purpose::Shrinkage.constant(), 0x34cfa0e7f49e747f);
    }
}
