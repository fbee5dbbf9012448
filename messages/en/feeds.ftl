## A reader's own feeds, with whole stories, on the account's pages. $day is a date.

feeds-title = Your feeds
feeds-pitch = Read { $publication } in your feed reader: what you may read with your subscription comes whole, anything else as an excerpt that leads to our pages.
feeds-secret = The address is like a password: whoever has it reads what you may read. Give it to your feed reader and to nobody else. What you read there isn’t counted, and we keep no more of it than the day on which the address was last used.
feeds-all = All stories
feeds-sections = One section alone
feeds-made-title = Your new address
feeds-made = Copy it into your feed reader now: it is shown only this once. An address that you had before is good for nothing any more.
feeds-yours = Your address
feeds-since = You have had it since { $day }.
feeds-used = It was last used on { $day }.
feeds-unused = It hasn’t been used yet.
feeds-hidden = We keep only a trace of it by which we know it again, so we can’t show it to you a second time.
feeds-ended = Your address was ended on { $day }. It is good for nothing any more.
feeds-spread = On { $day } your address was used from very many places. If others may have it, replace it.
feeds-make-title = Make an address
feeds-make = Make my address
feeds-other = Replace it or end it
feeds-renew-pitch = If you have lost the address, or others may have it, make a new one: the old one ends at that moment.
feeds-renew = Make a new one
feeds-end = End the address

# For machines that ask for a feed.
feeds-nowhere = There is no feed at this address.
feeds-too-often = This feed is asked for too often. Please try again later.
feeds-later = This feed can’t be had just now. Please try again later.

## Feeds for everybody. $name is a section, a topic or an author.

pub-feeds = Feeds
pub-feeds-pitch = New stories in your feed reader, with headline and summary. Copy one of these addresses into it.
pub-feeds-all = All stories
pub-feeds-others = Every topic and every author has feeds too: feed readers find them by the address of the page.
pub-feeds-own = Whoever has an account can have feeds of their own, in which what they may read comes whole:
pub-feed-title = { $name } – { $paper }
