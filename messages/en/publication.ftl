### The furniture of the built-in publication.

## Masthead and footer

pub-skip = Skip to the content
pub-menu = Menu
pub-search = Search
pub-search-label = Search the paper
pub-search-go = Search
pub-contact = Contact
pub-subscribe = Subscribe
pub-account = Account
pub-sections = Sections
pub-about = The paper
pub-follow = Find and follow
pub-top = Back to the top
# $year is the year of the first issue.
pub-founded = Founded in { $year }

## Around stories

pub-by = By
# Between the last two names of a byline, and between the others.
pub-and = and
pub-comma = ,
pub-published = Published
pub-updated = Updated
# $hour is a number from 0 to 23; $tens and $ones are the digits of the minute.
pub-time = { $hour }.{ $tens }{ $ones }
pub-moment = { $date }, { $time }
pub-reading = { $minutes }-minute read
pub-exclusive = For subscribers
pub-sponsored = Sponsored
pub-commissioned-by = Commissioned and paid for by { $sponsor }
pub-sponsored-module = Sponsored articles
pub-sponsored-about = How sponsored articles work
pub-share = Share
pub-share-mail = E-mail
pub-share-more = More ways…
pub-give = Give this story
pub-print = Print
pub-corrections = { $count ->
    [one] Correction
   *[other] Corrections
}
pub-topics = Topics
pub-related = Read next
pub-advertisement = Advertisement
pub-advertisement-title = Your notice here
pub-advertisement-text = This space is read to the end by people who pay attention. It can be yours by the day or by the week.
pub-advertisement-action = Ask for the rates
pub-promotion = From the paper
pub-promotion-title = Read every story
pub-promotion-text = A subscription opens every story in { $paper }.
pub-promotion-action = See the subscriptions

## Lists

pub-latest = Latest
pub-opinion = Opinion
pub-picks = The editor’s choice
pub-rivers = By section
pub-topic = Topic
pub-author = Author
pub-count = { $count ->
    [one] { $count } story
   *[other] { $count } stories
}
pub-empty = Nothing has appeared here yet.
pub-pages = Pages
pub-newer = Newer stories
pub-older = Older stories
pub-page-of = Page { $page } of { $pages }

## Search, and what isn't there

pub-search-for = Search for “{ $query }”
pub-search-hint = Search by a word from a headline or summary, an author or a topic.
pub-search-none = Nothing was found for “{ $query }”. Try fewer words, or another word for it.
pub-search-count = { $count ->
    [one] { $count } story for “{ $query }”
   *[other] { $count } stories for “{ $query }”
}
pub-missing-title = There is no such page
pub-missing-text = The address may be mistyped, or the story may have moved. Search for it, or begin with the latest.

## Languages, series, the archive and what was put right

# What this language calls itself.
pub-language = English
# Said in this language, on a story that is there in this language too.
pub-read-in = Read in English
pub-series = Series
# $part and $parts are numbers.
pub-part = Part { $part } of { $parts }
pub-part-number = Part { $part }
pub-part-previous = Previous part
pub-part-next = Next part
pub-parts = { $count ->
    [one] { $count } part
   *[other] { $count } parts
}
pub-parts-so-far = { $count } of { $parts } parts so far
pub-next = Next story
pub-size = Size of the text
pub-size-small = Small text
pub-size-usual = Usual text
pub-size-large = Large text
pub-size-largest = Largest text
pub-copy = Copy the link
pub-copied = The link has been copied.
pub-most-read = Most read
pub-archive = Archive
pub-archive-day = All { $count } stories of the day
# $from and $to are days in words.
pub-span = { $from } to { $to }
pub-earlier = Earlier that day
pub-later = Later that day
pub-years = Years
# Followed by an e-mail address.
pub-write-to = Write to:
pub-corrections-page = Corrections
pub-corrections-text = What we got wrong, and when we put it right. A correction also stands below its story.
pub-corrections-tell = Tell us of a mistake
pub-corrections-all = All corrections
pub-corrections-none = Nothing has had to be put right so far.
pub-gone-title = This story has been withdrawn
# $date is a day in words.
pub-gone-text = It was here until { $date }, and isn’t any more.
