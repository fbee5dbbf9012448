//! Columns that are aligned, of texts that are plain.

use std::io::Write;

use anyhow::Result;

use super::plain::plain;

/// Between two columns.
const GAP: &str = "  ";

/// Rows of cells. What has a width of its own, such as names in any script, is
/// best in the last column.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a head.
    pub(super) fn of(head: &[&str]) -> Self {
        let mut table = Self::default();
        table.row(head.iter().copied());
        table
    }

    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        self.rows.push(cells.into_iter().map(plain).collect());
    }

    /// Writes it, two spaces in.
    pub(super) fn write(&self, out: &mut impl Write) -> Result<()> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            let mut line = String::from(GAP);
            for (cell, width) in row.iter().zip(&widths) {
                let space = width.saturating_sub(cell.chars().count());
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', space));
                line.push_str(GAP);
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::of(&["id", "name"]);
        table.row(["acc_1", "Anna\u{1b}[2J"]);
        table.row(["a", ""]);
        let mut out = Vec::new();
        table.write(&mut out).expect("written");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(text, "  id     name\n  acc_1  Anna\\u{1b}[2J\n  a\n");
    }
}
