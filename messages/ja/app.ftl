## アプリ：保存した記事と、端末に置かれたその写し。

app-title = リーディングリスト
app-front = トップページ
app-search = 検索
app-pitch = あとで読むため、また通信のない場所で読むために保存した記事です。
app-anonymous = 記事の保存とリストの表示には、ログインしてください。
app-sign-in = ログイン
app-lacks = 記事の保存とオフラインでの閲覧は、アプリを含む購読でご利用いただけます。ここではこれまでどおりお読みいただけます。
app-offers = 購読プランを見る
app-lease = 写しはこの端末に最長{ $days }日置かれ、オンラインになるたびに更新されます。ログアウトすると削除されます。
app-none = 保存した記事はまだありません。記事を開いて「保存」を選んでください。
app-saved = { $day }に保存
app-remove = リストから外す
app-forget = この端末の写しをすべて削除
app-keep = オフライン用に保存
app-keep-all = すべてオフライン用に保存
app-kept = この端末に{ $day }まで保存
app-drop = 写しを削除
app-read = 写しを読む
app-close = 記事を閉じる
app-over = 写しの期限が切れたため、本文は削除されました。オンラインになれば、購読により再び保存できます。
app-clock = この端末の時計が戻されたため、写しの期限が確認できず、本文は削除されました。オンラインになれば再び保存できます。
app-busy = 記事を保存しています…
app-full = これ以上保存できません。先に写しをいくつか削除してください。
app-not-whole = この記事の全文は購読に含まれていないため、保存できません。
app-failed = 保存できませんでした。オンラインのときにもう一度お試しください。
app-script = オフライン用の写しにはJavaScriptが必要ですが、ここではオフになっています。リストはそのまま使えます。
app-offline-title = オフラインです
app-offline = このページは今表示できません。この端末には次の記事があります。
app-nothing = この端末に保存された記事はありません。
app-install = ブラウザーのメニューから、{ $publication }をホーム画面に追加できます。このご案内は一度だけです。
app-install-do = インストール
app-install-no = 閉じる

# 記事のページで。
app-save = 保存
app-save-kept = 保存し、この端末にも置きました。
app-save-saved = 保存しました。
