//! The matrix of what is tried of the site that was written for it.

use crate::origin::Origin;
use crate::siege::{Matrix, Way};
use crate::{content, identity, parsers, scenes, second};

fn matrix() -> Matrix {
    let mut attacks = identity::attacks();
    attacks.extend(content::attacks());
    attacks.extend(parsers::attacks());
    attacks.extend(second::attacks());
    Matrix {
        attacks,
        scenes: &scenes::ROWS,
        heading: "home-grown",
    }
}

#[test]
fn every_row_has_three_attacks_or_a_reason() {
    matrix().leaves_no_row_out();
}

#[test]
fn the_page_about_threats_says_what_there_is() {
    matrix().is_told_by_the_page();
    matrix().ways_are_told_by_the_page(&[Way::Plain, Way::Tls, Way::Second, Way::Asking]);
}

/// No attack gets more than the beginning this way.
fn is_held(way: Way) {
    matrix().is_held_before(&Origin::start().site, way);
}

/// With the cut switched off every attack finds something.
fn finds_something(way: Way) {
    matrix().finds_something_without_the_cut(&Origin::start().site, way);
}

#[test]
fn no_attack_gets_more_than_the_beginning() {
    is_held(Way::Plain);
}

#[test]
fn with_the_cut_switched_off_every_attack_finds_something() {
    finds_something(Way::Plain);
}

#[test]
fn no_attack_gets_more_over_tls() {
    is_held(Way::Tls);
}

#[test]
fn with_the_cut_switched_off_every_attack_finds_something_over_tls() {
    finds_something(Way::Tls);
}

#[test]
fn no_attack_gets_more_over_http_2() {
    is_held(Way::Second);
}

#[test]
fn with_the_cut_switched_off_every_attack_finds_something_over_http_2() {
    finds_something(Way::Second);
}

#[test]
#[ignore = "runs nginx and Caddy"]
fn no_attack_gets_more_by_a_proxy_that_asks() {
    is_held(Way::Asking);
}

#[test]
#[ignore = "runs nginx and Caddy"]
fn with_the_cut_switched_off_every_attack_finds_something_by_a_proxy_that_asks() {
    finds_something(Way::Asking);
}
