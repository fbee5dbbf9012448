//! What a form sends by itself.

/// The hidden fields of a page's form with this action, as they would be sent.
pub(crate) fn hidden(html: &str, action: &str) -> Vec<(String, String)> {
    let action = format!("action=\"{action}\"");
    let html = html.replace("&#x2f;", "/");
    let form = html.split("<form").find(|form| form.contains(&action));
    let inputs = form.unwrap_or_default().split("</form").next();
    let inputs = inputs.unwrap_or_default().split("<input").skip(1);
    let attribute = |input: &str, name: &str| {
        let rest = input.split(&format!("{name}=\"")).nth(1)?;
        Some(rest.split('"').next()?.to_owned())
    };
    inputs
        .filter(|input| input.contains("type=\"hidden\""))
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
        .collect()
}
