//! Where cases go on: from office to office, open again after their closing, by message to their citizens.

use std::collections::BTreeSet;

use super::distributions::distribution;
use super::findings::{Findings, path};
use super::names::{Directory, Names};
use crate::diagnostic::Code;
use crate::model::{CallsBack, CampaignId, ClosingMessage, ContactTypeId, OfficeId, Reopening, Stage};
use crate::scenario::{self as document, join};

/// The offices after a case type's own, in their order.
pub(super) fn stages(
    name: &str,
    of: &document::CaseType,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<Stage> {
    let mut stages: Vec<_> = of.hand_over.iter().collect();
    stages.sort_by_key(|(name, stage)| (stage.order, *name));
    let (mut orders, mut offices) = (BTreeSet::new(), BTreeSet::from([of.office.as_str()]));
    stages
        .into_iter()
        .map(|(stage, written)| {
            let at = |key: &str| path(&["case_types", name, "hand_over", stage, key]);
            if !orders.insert(written.order) {
                let message = format!("another stage has the order {} too", written.order);
                findings.add(
                    Code::BAD_HAND_OVER,
                    at("order"),
                    message,
                    "give each stage an order of its own",
                );
            }
            if !offices.insert(written.office.as_str()) {
                let message = format!("\"{}\" has worked on the case before", written.office);
                let help = "name an office once on a case's way; work that is not right is `rework`";
                findings.add(Code::BAD_HAND_OVER, at("office"), message, help);
            }
            Stage {
                office: OfficeId::from_index(
                    names.offices.resolve(&written.office, &at("office"), findings).unwrap_or(0),
                ),
                share: findings.number(&at("share"), written.share, 0.0..=1.0),
                work: distribution(&written.work, &at("work"), findings),
            }
        })
        .collect()
}

/// Below 1, or no case would ever be closed for good.
pub(super) fn reopening(
    of: &document::Reopening,
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Reopening {
    Reopening {
        probability: findings.number(&join(at, "probability"), of.probability, 0.0..=0.99),
        delay: distribution(&of.delay, &join(at, "delay"), findings),
        contact_type: contact_type(of.contact_type.as_deref(), at, &names.contact_types, findings),
    }
}

/// How citizens hear of a closing.
pub(super) fn message(
    of: &document::ClosingMessage,
    at: &str,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> ClosingMessage {
    let calls_back = of.calls_back.as_ref().map(|of| {
        let at = join(at, "calls_back");
        CallsBack {
            probability: findings.number(&join(&at, "probability"), of.probability, 0.0..=1.0),
            delay: distribution(&of.delay, &join(&at, "delay"), findings),
            contact_type: contact_type(of.contact_type.as_deref(), &at, &names.contact_types, findings),
        }
    });
    let campaign = of.campaign.as_deref();
    let campaign = campaign.and_then(|name| names.campaigns.resolve(name, &join(at, "campaign"), findings));
    ClosingMessage {
        delay: distribution(&of.delay, &join(at, "delay"), findings),
        campaign: campaign.map(CampaignId::from_index),
        calls_back,
    }
}

fn contact_type(
    name: Option<&str>,
    at: &str,
    names: &Names<'_>,
    findings: &mut Findings,
) -> Option<ContactTypeId> {
    names.resolve(name?, &join(at, "type"), findings).map(ContactTypeId::from_index)
}
