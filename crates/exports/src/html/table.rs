//! Tables of HTML become rows of one length.

use super::block::{Block, Inline, Style, tidy, words};
use super::read::{Reader, unbroken};
use super::tree::Element;
use crate::remark::Remark;

/// How many columns a table has: more don't fit a page.
const MAX_COLUMNS: usize = 40;

/// How many rows.
const MAX_ROWS: usize = 2000;

/// Adds a table. One of a single column is no table, but what somebody set with one.
pub(super) fn read(reader: &mut Reader<'_>, element: &Element, blocks: &mut Vec<Block>) {
    let mut found = Vec::new();
    rows_of(element, &mut found);
    let columns = found
        .iter()
        .map(|row| cells_of(row).count())
        .max()
        .unwrap_or_default();
    if columns <= 1 {
        for cell in found.iter().flat_map(|row| cells_of(row)) {
            let inner = reader.flow(&cell.children);
            blocks.extend(inner);
        }
        return;
    }
    if found.len() > MAX_ROWS || columns > MAX_COLUMNS {
        reader.remarks.add(Remark::LeftOut(
            "a table of more than 40 columns or 2000 rows",
        ));
        return;
    }
    if let Some(caption) = element.elements().find(|inner| &*inner.name == "caption") {
        let said = reader.caption(caption);
        if !said.is_empty() {
            let line = vec![Inline::Styled(Style::Strong, vec![Inline::Text(said)])];
            blocks.push(Block::Paragraph(line));
        }
    }
    let has_head = found.first().is_some_and(|row| is_head(element, row));
    let mut rows: Vec<Vec<Vec<Inline>>> = Vec::with_capacity(found.len() + 1);
    for row in found {
        let mut cells = Vec::with_capacity(columns);
        for cell in cells_of(row) {
            cells.push(self::cell(reader, cell));
            let across = cell
                .attribute("colspan")
                .and_then(|number| number.parse().ok());
            let across: usize = across.unwrap_or(1);
            if across > 1 || cell.attribute("rowspan").is_some_and(|down| down != "1") {
                reader.remarks.add(Remark::Spans);
            }
            for _ in 1..across.min(MAX_COLUMNS) {
                cells.push(Vec::new());
            }
        }
        if cells.iter().any(|cell| !words(cell).trim().is_empty()) {
            rows.push(cells);
        }
    }
    let columns = rows
        .iter()
        .map(Vec::len)
        .max()
        .unwrap_or_default()
        .min(MAX_COLUMNS);
    if !has_head && !rows.is_empty() {
        rows.insert(0, Vec::new());
    }
    for row in &mut rows {
        row.resize(columns, Vec::new());
    }
    if !rows.is_empty() {
        blocks.push(Block::Table(rows));
    }
    blocks.append(&mut reader.waiting);
}

fn cell(reader: &mut Reader<'_>, cell: &Element) -> Vec<Inline> {
    let was_classic = std::mem::replace(&mut reader.is_classic, false);
    let mut inner = reader.flow(&cell.children);
    reader.is_classic = was_classic;
    let mut line = Vec::new();
    if let [Block::Paragraph(only)] = inner.as_mut_slice() {
        line = std::mem::take(only);
    } else {
        let texts = inner
            .iter()
            .filter(|block| !matches!(block, Block::Picture(_)))
            .count();
        if texts > 0 {
            reader.remarks.add(Remark::CellPlain);
        }
        for block in inner {
            reader.put_in_line(block, &mut line);
            line.push(Inline::Text(" ".to_owned()));
        }
    }
    unbroken(tidy(line))
}

/// Whether the first row is the head: it stands in one, or has heads only.
fn is_head(table: &Element, row: &Element) -> bool {
    let heads = table.elements().find(|inner| &*inner.name == "thead");
    let in_head = heads.is_some_and(|head| head.elements().any(|inner| std::ptr::eq(inner, row)));
    in_head || cells_of(row).all(|cell| &*cell.name == "th")
}

fn rows_of<'a>(element: &'a Element, rows: &mut Vec<&'a Element>) {
    for inner in element.elements() {
        match &*inner.name {
            "tr" => rows.push(inner),
            "thead" | "tbody" | "tfoot" | "center" | "form" => rows_of(inner, rows),
            _ => {}
        }
    }
}

fn cells_of(row: &Element) -> impl Iterator<Item = &Element> {
    row.elements()
        .filter(|inner| matches!(&*inner.name, "td" | "th"))
}
