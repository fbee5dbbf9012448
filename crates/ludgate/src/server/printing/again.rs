//! An export written again as it was. Only what was erased since is missing; and one
//! of a version that wrote cells otherwise is written as they are written now.

use anyhow::{Context, Result, ensure};
use tokio::sync::mpsc;

use super::Printing;
use super::csv::CELLS;
use super::filing::Filing;
use crate::control::News;
use crate::printing::{Report, Skipped, Voided};

impl Printing {
    pub(super) async fn again(&self, number: i64, news: mpsc::Sender<News>) -> Result<Report> {
        let mut reading = self.store.read().await?;
        let found = reading.print_export(number).await?;
        let found = found.with_context(|| {
            format!("there is no export {number}; ludgate print exports shows those that there are")
        })?;
        let was = found.digest.with_context(|| {
            format!("the export {number} broke off, and nobody has it; make another")
        })?;
        let mut filing = Filing::begin(news);
        let (mut part, mut erased, mut kept) = (0, 0, 0);
        while let Some(lines) = reading.print_part(number, part).await? {
            let places = reading
                .places(lines.iter().map(|line| line.address))
                .await?;
            for line in &lines {
                kept += 1;
                match places.get(&line.address) {
                    Some(place) => filing.line(line, &place.address).await?,
                    None => erased += 1,
                }
            }
            part += 1;
        }
        ensure!(
            kept == found.lines,
            "what was in the export {number} isn't kept any more, by [print] keep"
        );
        let (lines, copies) = (filing.lines, filing.copies);
        let digest = filing.end().await?;
        let is_written_so = found.configuration["cells"].as_u64() == Some(CELLS);
        ensure!(
            erased > 0 || digest == was || !is_written_so,
            "what is written isn't what it was: its digest was {was}, and is {digest}"
        );
        let by_other_rules = !is_written_so && digest != was;
        let skipped = found.summary.map(serde_json::from_value::<Skipped>);
        Ok(Report {
            number,
            day: found.day,
            product: found.product.map(|product| product.as_str().to_owned()),
            lines,
            copies,
            digest,
            skipped: skipped.transpose()?.unwrap_or_default(),
            before: None,
            erased: Some(erased),
            by_other_rules,
            voided: found.voided.map(|voided| Voided {
                at: voided.at,
                by: voided.by,
            }),
        })
    }
}
