## The reading history, on the account's pages. $day is a date, $count how many stories are shown.

history-title = Your reading history
history-pitch = What you read in apps, and what you keep for reading offline, can be written down here, so that you find it again. It is done only if you want it, and for nobody but you and the apps that you let see it. Nothing that you read on our pages is written down.
history-on = It has been written down since { $day }.
history-off = Nothing is written down.
history-keep = Write down what I read
history-list = What you have read
history-latest = These are the latest { $count }.
history-read = Read last on { $day }
history-none = Nothing has been written down yet.
history-do = Delete it or stop
history-clear = Delete what was written down
history-leave = Stop, and delete all of it
