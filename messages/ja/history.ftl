## 閲覧履歴。アカウントのページにあります。$day は日付、$count は表示する記事の数。

history-title = 閲覧履歴
history-pitch = アプリで読んだ記事や、オフライン用に保存した記事を、あとで見つけられるようにここに記録できます。記録するのはご希望の場合だけで、ご本人と、ご本人が許可したアプリ以外には見せません。当サイトのページで読んだ記事は記録しません。
history-on = { $day }から記録しています。
history-off = 何も記録していません。
history-keep = 読んだ記事を記録する
history-list = 読んだ記事
history-latest = 最近の{ $count }件です。
history-read = 最後に読んだ日：{ $day }
history-none = まだ何も記録されていません。
history-do = 削除または停止
history-clear = 記録を削除する
history-leave = 停止してすべて削除する
