# Searching the paper: results, narrowing them down, suggestions.

search-shortened = That was more than a search can take. The beginning of it was looked for.
search-incomplete = The archive is just being indexed, the newest stories first. Older ones may be missing from these results.
search-broken = Searching isn’t possible at the moment. Please try again a little later.
search-instead = No story has “{ $query }”. These are the results for “{ $instead }”.
search-found = { $count ->
    [one] { $count } story
   *[other] { $count } stories
}
search-count = { $count }
search-best = Best match
search-newest = Newest first
search-narrow = Narrow down
search-narrow-skip = Narrow the results down
search-chosen = Narrowed down to
search-section = Section
search-topic = Topic
search-author = Author
search-year = Year
search-leave = { $name }: no longer narrow down to it
search-wide = Show all results
search-nearer = Better matches
search-further = More results
search-newer = Newer results
search-older = Older results
search-pages = Pages of results
search-excerpt = From the beginning:
search-filed = Filed under:
search-none-narrow = Nothing in this selection fits. Leave something out of it, or search the whole paper.
search-suggestions = Suggestions
search-kind-story = Story
search-kind-topic = Topic
search-kind-author = Author

search-texts = Search whole stories
search-texts-title = Search whole stories
search-texts-pitch = Finds words anywhere in the stories that you may read with your subscription. At most a hundred stories are shown.
search-texts-lacks = Searching whole stories comes with a subscription. Headlines, summaries and beginnings are open to everybody’s search.
search-texts-words = Words to look for
search-texts-none = None of the stories that you may read has “{ $query }”. Try fewer words, or another word for it.
search-texts-instead = None of the stories that you may read has “{ $query }”. These are the results for “{ $instead }”.
search-texts-open = Search headlines and summaries
