prompt-gift-label = 記事のプレゼント
prompt-gift = この記事は購読者からあなたへのプレゼントです。
prompt-gift-expired = プレゼントリンクの有効期限が切れました。
prompt-gift-used-up = プレゼントリンクは上限の人数まで開かれました。
prompt-gift-withdrawn = このプレゼントリンクは現在ご利用いただけません。
prompt-gift-counted = この記事はあなたの無料記事の1本としてお読みいただいています。

gift-title = 記事をプレゼントする
gift-pitch = プレゼントリンクがあれば、購読していない方も記事1本の全文をお読みいただけます。有効期間は{ $days }日間、最大{ $browsers }台のブラウザーで開けます。
gift-left = { $left ->
    [0] 今月プレゼントできる記事はもうありません。
   *[other] 今月はあと{ $left }本プレゼントできます。
}
gift-renews = { $renews }から再び{ $limit }本プレゼントできます。
gift-make = プレゼントリンクを作る
gift-again = この記事はすでに贈られています。同じリンクをもう一度表示でき、今月の数には含まれません。
gift-made-title = プレゼントリンクができました
gift-made = コピーしてメッセージに貼り付けてください。リンクを受け取った方は、{ $until }まで、最大{ $browsers }台のブラウザで全文をお読みいただけます。
gift-link = プレゼントリンク
gift-used-up-title = このリンクは上限まで開かれました
gift-used-up = 最大{ $browsers }台のブラウザで開かれました。それらのブラウザでは{ $until }までお読みいただけます。
gift-open-title = この記事はどなたでもお読みいただけます
gift-open = プレゼントの必要はありません。アドレスをそのまま共有してください。
gift-address = アドレス
gift-none-left-title = 今月のプレゼントは終了しました
gift-none-left = 作成済みのリンクは有効期限までご利用いただけます。
gift-for-subscribers-title = プレゼントリンクは購読者限定です
gift-for-subscribers = ご購読いただくと、毎月{ $limit }本の記事をプレゼントできます。
gift-no-story-title = この記事は見つかりません
gift-no-story = 記事に戻って、もう一度お試しください。
gift-not-yours-title = この記事はプレゼントできません
gift-not-yours = ご購読でお読みいただける記事をプレゼントできます。
gift-unusable-title = このプレゼントリンクは使えません
gift-unusable = リンクが途中で切れている可能性があります。送ってくださった方に、もう一度送ってもらってください。
gift-failed-title = リンクを作れませんでした
gift-from-elsewhere = リンクはこのサイトのページからのみ作れます。記事に戻って、もう一度お試しください。
gift-unavailable = リンクは作られておらず、回数も減っていません。数分後にもう一度お試しください。
