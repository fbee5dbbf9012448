//! What differs from an export that there was for the same day: both have their
//! lines in the order of the subscriptions, so they are read beside each other.

use std::cmp::Ordering;
use std::collections::VecDeque;

use anyhow::Result;
use store::Store;
use store::delivery::Line;

use crate::printing::Differs;

/// The most that are named.
const MOST: usize = 100;

/// The lines of an earlier export, one after the other.
pub(super) struct Earlier {
    store: Store,
    export: i64,
    part: u32,
    lines: VecDeque<Line>,
    differs: Differs,
}

impl Earlier {
    /// `None` where its lines aren't kept any more.
    pub(super) async fn open(store: &Store, export: i64, lines: u64) -> Result<Option<Self>> {
        let mut earlier = Self {
            store: store.clone(),
            export,
            part: 0,
            lines: VecDeque::new(),
            differs: Differs::default(),
        };
        earlier.read_on().await?;
        let is_kept = lines == 0 || !earlier.lines.is_empty();
        Ok(is_kept.then_some(earlier))
    }

    /// Compares with the next line of the later one.
    pub(super) async fn next(&mut self, line: &Line) -> Result<()> {
        loop {
            let Some(mine) = self.lines.front() else {
                self.note('+', line);
                return Ok(());
            };
            match mine.subscription.cmp(&line.subscription) {
                Ordering::Greater => {
                    self.note('+', line);
                    return Ok(());
                }
                Ordering::Equal => {
                    if mine != line {
                        self.note('~', line);
                    }
                    self.drop_first().await?;
                    return Ok(());
                }
                Ordering::Less => {
                    let gone = mine.clone();
                    self.note('-', &gone);
                    self.drop_first().await?;
                }
            }
        }
    }

    /// What is left of it is gone; what differs in all.
    pub(super) async fn end(mut self) -> Result<Differs> {
        while let Some(gone) = self.lines.front().cloned() {
            self.note('-', &gone);
            self.drop_first().await?;
        }
        Ok(self.differs)
    }

    fn note(&mut self, how: char, line: &Line) {
        let count = match how {
            '+' => &mut self.differs.added,
            '-' => &mut self.differs.removed,
            _ => &mut self.differs.changed,
        };
        *count += 1;
        if self.differs.some.len() < MOST {
            self.differs
                .some
                .push(format!("{how} {}", line.subscription));
        }
    }

    async fn drop_first(&mut self) -> Result<()> {
        self.lines.pop_front();
        if self.lines.is_empty() {
            self.read_on().await?;
        }
        Ok(())
    }

    async fn read_on(&mut self) -> Result<()> {
        let mut reading = self.store.read().await?;
        if let Some(lines) = reading.print_part(self.export, self.part).await? {
            self.part += 1;
            self.lines = lines.into();
        }
        Ok(())
    }
}
