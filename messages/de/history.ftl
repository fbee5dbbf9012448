## Der Leseverlauf, auf den Seiten des Kontos. $day ist ein Datum, $count die Zahl der gezeigten Artikel.

history-title = Ihr Leseverlauf
history-pitch = Was Sie in Apps lesen oder zum Lesen ohne Netz behalten, kann hier aufgeschrieben werden, damit Sie es wiederfinden. Das geschieht nur, wenn Sie es wollen, und nur für Sie und die Apps, denen Sie es zeigen. Was Sie auf unseren Seiten lesen, wird nicht aufgeschrieben.
history-on = Er wird seit { $day } aufgeschrieben.
history-off = Es wird nichts aufgeschrieben.
history-keep = Aufschreiben, was ich lese
history-list = Was Sie gelesen haben
history-latest = Das sind die letzten { $count }.
history-read = Zuletzt gelesen: { $day }
history-none = Noch ist nichts aufgeschrieben.
history-do = Löschen oder beenden
history-clear = Löschen, was aufgeschrieben ist
history-leave = Beenden und alles löschen
