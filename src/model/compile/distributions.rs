//! Distributions as the document has them, made ready to be drawn from.

use super::findings::{Findings, written};
use crate::diagnostic::Code;
use crate::random::{Distribution, DistributionError};
use crate::scenario::{self as document, Branch, Component, MeanSd, Observations};

type Made = Result<Distribution, DistributionError>;

/// How far the shares of a choice may be from 1.
pub(super) const SHARES_WITHIN: f64 = 1e-9;

/// No time at all: what stands where a distribution could not be made.
#[expect(clippy::expect_used, reason = "a constant of zero is always a distribution")]
pub(super) fn nothing() -> Distribution {
    Distribution::constant(0.0).expect("zero is a duration")
}

/// The distribution that the document has at `path`; findings and [`nothing`] if its parameters do not go together.
pub(super) fn distribution(of: &document::Distribution, path: &str, findings: &mut Findings) -> Distribution {
    use document::Distribution as D;
    match of {
        D::Constant(value) => checked(Distribution::constant(value.as_s()), path, None, findings),
        D::Exponential(mean) => family(Distribution::exponential(mean.as_s()), path, "exponential", findings),
        D::Lognormal(moments) => by_moments(moments, Distribution::lognormal, path, "lognormal", findings),
        D::Gamma(moments) => by_moments(moments, Distribution::gamma, path, "gamma", findings),
        D::Weibull(w) => {
            family(Distribution::weibull_mean(w.mean.as_s(), w.shape), path, "weibull", findings)
        }
        D::Erlang(e) => family(Distribution::erlang(e.stages, e.mean.as_s()), path, "erlang", findings),
        D::Hyperexponential(branches) => hyperexponential(branches, path, findings),
        D::Uniform(bounds) if bounds.min == bounds.max => {
            family(Distribution::constant(bounds.min.as_s()), path, "uniform", findings)
        }
        D::Uniform(b) => family(Distribution::uniform(b.min.as_s(), b.max.as_s()), path, "uniform", findings),
        D::Triangular(t) if t.min == t.max && t.min == t.mode => {
            family(Distribution::constant(t.min.as_s()), path, "triangular", findings)
        }
        D::Triangular(t) => {
            let made = Distribution::triangular(t.min.as_s(), t.mode.as_s(), t.max.as_s());
            family(made, path, "triangular", findings)
        }
        D::Empirical(observations) => empirical(observations, path, findings),
        D::Mixture(components) => mixture(components, path, findings),
        D::Scaled(stretched) => {
            let inner = distribution(&stretched.of, path, findings);
            let times = findings.number(&format!("{path}.times"), stretched.times, 0.0..=1e6);
            checked(inner.times(times), path, Some("times"), findings)
        }
    }
}

/// By mean and standard deviation; without deviation it is a constant.
fn by_moments(
    moments: &MeanSd,
    make: impl Fn(f64, f64) -> Made,
    path: &str,
    name: &'static str,
    findings: &mut Findings,
) -> Distribution {
    let (mean, sd) = (moments.mean.as_s(), moments.sd.as_s());
    let made = if sd == 0.0 { Distribution::constant(mean) } else { make(mean, sd) };
    family(made, path, name, findings)
}

fn hyperexponential(branches: &[Branch], path: &str, findings: &mut Findings) -> Distribution {
    let shares = branches.iter().map(|branch| branch.share);
    if !shares_add_up(shares, &format!("{path}.hyperexponential"), findings) {
        return nothing();
    }
    let phases: Vec<(f64, f64)> = branches.iter().map(|branch| (branch.share, branch.mean.as_s())).collect();
    family(Distribution::hyperexponential(&phases), path, "hyperexponential", findings)
}

fn empirical(observations: &Observations, path: &str, findings: &mut Findings) -> Distribution {
    match observations {
        Observations::Values(values) => {
            let seconds = values.iter().map(|value| value.as_s()).collect();
            family(Distribution::empirical(seconds), path, "empirical", findings)
        }
        Observations::File(file) => {
            let message = format!("the observations in {file} have not been read in");
            findings.add(Code::BAD_DISTRIBUTION, path, message, "load the scenario from its file");
            nothing()
        }
    }
}

fn mixture(components: &[Component], path: &str, findings: &mut Findings) -> Distribution {
    let path = format!("{path}.mixture");
    let shares_fit = shares_add_up(components.iter().map(|component| component.share), &path, findings);
    let mut options = Vec::with_capacity(components.len());
    for (i, component) in components.iter().enumerate() {
        options.push((component.share, distribution(&component.of, &format!("{path}[{i}].of"), findings)));
    }
    if shares_fit { checked(Distribution::mixture(options), &path, None, findings) } else { nothing() }
}

/// Whether shares are probabilities that sum to 1; a finding for each that is none, and for a wrong sum.
pub(super) fn shares_add_up(
    shares: impl Iterator<Item = f64> + Clone,
    path: &str,
    findings: &mut Findings,
) -> bool {
    let mut each_fits = true;
    for (i, share) in shares.clone().enumerate() {
        if !(0.0..=1.0).contains(&share) {
            findings.number(&format!("{path}[{i}].share"), share, 0.0..=1.0);
            each_fits = false;
        }
    }
    let sum: f64 = shares.sum();
    let sums_to_one = (sum - 1.0).abs() <= SHARES_WITHIN;
    if each_fits && !sums_to_one {
        let message = format!("the shares sum to {}, not to 1", written(sum));
        findings.add(Code::SHARES, path, message, format!("they are {} from 1", written((sum - 1.0).abs())));
    }
    each_fits && sums_to_one
}

fn family(made: Made, path: &str, name: &'static str, findings: &mut Findings) -> Distribution {
    checked(made, path, Some(name), findings)
}

fn checked(made: Made, path: &str, family: Option<&str>, findings: &mut Findings) -> Distribution {
    made.unwrap_or_else(|error| {
        let path = place(path, family, &error);
        // The document counts an Erlang distribution's phases as stages.
        let message = error.to_string().replace("`phases`", "`stages`");
        findings.add(Code::BAD_DISTRIBUTION, path, message, remedy(&error));
        nothing()
    })
}

/// The path of the parameter that is to blame, as far as the document has a key for it.
fn place(path: &str, family: Option<&str>, error: &DistributionError) -> String {
    let Some(family) = family else { return path.into() };
    let keyed = matches!(family, "lognormal" | "gamma" | "weibull" | "erlang" | "uniform" | "triangular");
    match error {
        DistributionError::OutOfRange { parameter, .. } if keyed && *parameter != "value" => {
            format!("{path}.{family}.{}", parameter.replace("phases", "stages"))
        }
        _ => format!("{path}.{family}"),
    }
}

fn remedy(error: &DistributionError) -> &'static str {
    match error {
        DistributionError::OutOfRange { .. } => {
            "durations are in seconds here; write \"0s\" for no time at all"
        }
        DistributionError::Order { .. } => "put the smaller one first, or write a constant",
        DistributionError::Variability { .. } => "check both units, or write a constant",
        DistributionError::Probabilities { .. } => "let the shares sum to 1",
        DistributionError::Empty { .. } => "give at least one",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Bounds, MeanStages, Span, Stretched};

    fn compiled(of: document::Distribution) -> Result<Distribution, Vec<String>> {
        let mut findings = Findings::default();
        let made = distribution(&of, "d", &mut findings);
        let found: Vec<String> =
            findings.into_vec().iter().map(|f| format!("{} {}", f.code, f.path)).collect();
        if found.is_empty() { Ok(made) } else { Err(found) }
    }

    fn moments(mean: f64, sd: f64) -> MeanSd {
        MeanSd { mean: Span::from_s(mean), sd: Span::from_s(sd) }
    }

    #[test]
    fn without_deviation_it_is_a_constant() {
        let made = compiled(document::Distribution::Lognormal(moments(90.0, 0.0))).unwrap();
        assert_eq!(made.constant_value(), Some(90.0));
        let even = Bounds { min: Span::from_s(5.0), max: Span::from_s(5.0) };
        let made = compiled(document::Distribution::Uniform(even)).unwrap();
        assert_eq!(made.constant_value(), Some(5.0));
    }

    #[test]
    fn stretching_multiplies_the_mean() {
        let of = document::Distribution::Exponential(Span::from_s(40.0));
        let stretched = document::Distribution::Scaled(Box::new(Stretched { times: 1.2, of }));
        assert!((compiled(stretched).unwrap().mean() - 48.0).abs() < 1e-9);
    }

    #[test]
    fn the_parameter_to_blame_is_named() {
        use document::Distribution as D;
        let said = |of| compiled(of).unwrap_err();
        assert_eq!(said(D::Exponential(Span::ZERO)), ["E3006 d.exponential"]);
        assert_eq!(said(D::Lognormal(moments(0.0, 5.0))), ["E3006 d.lognormal.mean"]);
        let stages = MeanStages { mean: Span::from_s(9.0), stages: 0 };
        assert_eq!(said(D::Erlang(stages)), ["E3006 d.erlang.stages"]);
        assert_eq!(said(D::Empirical(Observations::Values(Vec::new()))), ["E3006 d.empirical"]);
        let of = D::Constant(Span::from_s(3.0));
        let stretched = D::Scaled(Box::new(Stretched { times: -1.0, of }));
        assert_eq!(said(stretched), ["E3005 d.times"]);
    }

    #[test]
    fn shares_of_a_mixture_sum_to_one_and_inner_trouble_has_its_place() {
        use document::Distribution as D;
        let part = |share, of| Component { share, of };
        let wrong = D::Mixture(vec![
            part(0.3, D::Constant(Span::from_s(1.0))),
            part(0.6, D::Exponential(Span::ZERO)),
        ]);
        assert_eq!(compiled(wrong).unwrap_err(), ["E3008 d.mixture", "E3006 d.mixture[1].of.exponential"]);
        let branches = vec![Branch { share: f64::NAN, mean: Span::from_s(1.0) }];
        assert_eq!(
            compiled(D::Hyperexponential(branches)).unwrap_err(),
            ["E3005 d.hyperexponential[0].share"]
        );
    }
}
