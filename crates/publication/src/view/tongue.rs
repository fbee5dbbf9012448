//! In which language what is said: the furniture of a page, and what is shown in
//! it of stories in another.

use prompts::Locale;

use super::markup::Markup;
use crate::content::Story;
use crate::publication::Publication;

/// What the furniture around a story speaks: the story's language where there
/// are words for it, else the publication's.
pub(crate) fn around<'a>(publication: &'a Publication, story: &'a Story) -> &'a Locale {
    let usual = &publication.settings.locale;
    let Some(language) = &story.language else {
        return usual;
    };
    let known = publication.theme.messages().locales();
    language.closest(known).map_or(usual, |_| language)
}

/// Whether furniture that speaks `locale` is in the language of the `content`.
/// Region and script don't change how a page is read out.
pub(crate) fn is_same(publication: &Publication, locale: &Locale, content: &Locale) -> bool {
    let furniture = publication.theme.messages().closest(locale);
    primary(furniture) == primary(content)
}

/// The `lang` and `dir` of `content` within furniture that speaks `locale`;
/// nothing where both are alike.
pub(crate) fn own(publication: &Publication, locale: &Locale, content: &Locale) -> Markup {
    if is_same(publication, locale, content) {
        return Markup::safe("");
    }
    Markup::safe(format!(
        " lang=\"{content}\" dir=\"{}\"",
        content.direction().as_str()
    ))
}

/// What a language calls itself, and its tag where nobody has told us.
pub(crate) fn name(publication: &Publication, language: &Locale) -> String {
    words(publication, language, "pub-language").unwrap_or_else(|| language.to_string())
}

/// The message in that very language; `None` where there are no words in it.
pub(crate) fn words(publication: &Publication, language: &Locale, key: &str) -> Option<String> {
    let messages = publication.theme.messages();
    let known = language.closest(messages.locales())?;
    Some(messages.text(known, key, &[]))
}

/// The language without region and script.
fn primary(locale: &Locale) -> String {
    let tag = locale.to_string();
    tag.split('-').next().unwrap_or_default().to_owned()
}
