//! The matrix of what is tried of WordPress.

use crate::siege::{Matrix, Way};
use crate::site::WordPress;
use crate::{content, identity, parsers, scenes};

fn matrix() -> Matrix {
    let mut attacks = identity::attacks();
    attacks.extend(content::attacks());
    attacks.extend(parsers::attacks());
    Matrix {
        attacks,
        scenes: &scenes::ROWS,
        heading: "WordPress",
    }
}

#[test]
fn every_row_has_three_attacks_or_a_reason() {
    matrix().leaves_no_row_out();
}

#[test]
fn the_page_about_threats_says_what_there_is() {
    matrix().is_told_by_the_page();
}

#[test]
#[ignore = "needs WordPress, PHP and MariaDB"]
fn no_attack_gets_more_than_the_beginning() {
    matrix().is_held_before(&WordPress::start().site, Way::Plain);
}

#[test]
#[ignore = "needs WordPress, PHP and MariaDB"]
fn with_the_cut_switched_off_every_attack_finds_something() {
    matrix().finds_something_without_the_cut(&WordPress::start().site, Way::Plain);
}
