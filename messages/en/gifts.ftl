### Gift links: a story that a subscriber opens for others. $limit, $left, $days and $browsers are numbers; $renews and $until are dates.

## On the story, for who has followed a link.

prompt-gift-label = A gift
prompt-gift = A subscriber gave you this story.
prompt-gift-expired = The gift link has ended.
prompt-gift-used-up = The gift link has been opened as often as it can be.
prompt-gift-withdrawn = The gift link no longer works.
prompt-gift-counted = This is one of your own free stories.

## The page where links are made.

gift-title = Give a story
gift-pitch = A gift link opens one story for people who don’t subscribe. { $days ->
    [one] It works for { $days } day, in up to { $browsers } browsers.
   *[other] It works for { $days } days, in up to { $browsers } browsers.
}
gift-left = { $left ->
    [0] You have given all of this month’s stories.
    [one] You can give { $left } more story this month.
   *[other] You can give { $left } more stories this month.
}
gift-renews = { $limit ->
    [one] You can give another from { $renews }.
   *[other] You can give { $limit } again from { $renews }.
}
gift-make = Make a gift link
gift-again = You have given this story already. Its link is there again, and takes none of this month’s.
gift-made-title = Your gift link
gift-made = Copy it into a message. { $browsers ->
    [one] Whoever follows it, in one browser, can read the story in full until { $until }.
   *[other] Whoever follows it, in up to { $browsers } browsers, can read the story in full until { $until }.
}
gift-link = Gift link
gift-used-up-title = This link has been opened as often as it can be
gift-used-up = It has opened the story in { $browsers ->
    [one] { $browsers } browser, which is as many as it works in. The story can be read there until { $until }.
   *[other] { $browsers } browsers, which is as many as it works in. The story can be read there until { $until }.
}
gift-open-title = This story is open to everybody
gift-open = It needs no gift. Share its address as it is.
gift-address = Address
gift-none-left-title = No gifts left this month
gift-none-left = Links that you have made go on working until they end.
gift-for-subscribers-title = Gift links are for subscribers
gift-for-subscribers = { $limit ->
    [one] With a subscription you can give one story a month to others.
   *[other] With a subscription you can give { $limit } stories a month to others.
}
gift-no-story-title = There is no such story
gift-no-story = Please go back to the story and try again from there.
gift-not-yours-title = This story can’t be given
gift-not-yours = You can give the stories that your subscription opens.
gift-unusable-title = This gift link doesn’t work
gift-unusable = It may have been cut short on its way. Please ask whoever sent it to send it again.
gift-failed-title = That didn’t work
gift-from-elsewhere = Links can only be made from this site’s own pages. Please go back to the story and try again from there.
gift-unavailable = No link was made, and nothing has been used up. Please try again in a few minutes.
