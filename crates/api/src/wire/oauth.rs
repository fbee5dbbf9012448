//! What programs are let in with (RFC 6749, RFC 8414).

use serde::Serialize;

/// Tokens of a program (RFC 6749, 5.1).
#[derive(Clone, PartialEq, Serialize)]
pub struct Tokens {
    /// What is shown with each request.
    pub access_token: String,
    /// `Bearer`.
    pub token_type: &'static str,
    /// For how many seconds.
    pub expires_in: i64,
    /// What the next are had with, once.
    pub refresh_token: String,
    /// What the program may do.
    pub scope: String,
}

/// Where programs are let in (RFC 8414).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metadata {
    /// The publication's address.
    pub issuer: String,
    /// Where readers are asked.
    pub authorization_endpoint: String,
    /// Where codes become tokens, and tokens new ones.
    pub token_endpoint: String,
    /// Where tokens are given back.
    pub revocation_endpoint: String,
    /// What programs may ask for.
    pub scopes_supported: Vec<&'static str>,
    /// `code`.
    pub response_types_supported: [&'static str; 1],
    /// `query`.
    pub response_modes_supported: [&'static str; 1],
    /// A code, and a token that renews.
    pub grant_types_supported: [&'static str; 2],
    /// `none`: programs that readers hold can keep no secret.
    pub token_endpoint_auth_methods_supported: [&'static str; 1],
    /// The same.
    pub revocation_endpoint_auth_methods_supported: [&'static str; 1],
    /// `S256`.
    pub code_challenge_methods_supported: [&'static str; 1],
    /// That answers to the browser say who gives them (RFC 9207).
    pub authorization_response_iss_parameter_supported: bool,
    /// Where it is described.
    pub service_documentation: String,
}
