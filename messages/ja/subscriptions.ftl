subscription-title = ご購読の内容
subscription-none = 現在、ご購読はありません。
subscription-offers = すべてのプランを見る
subscription-more = アカウントのその他の項目
subscription-group-paying = お支払いと請求書
subscription-group-giving = ギフトとプラン
subscription-group-you = お客様の情報
subscription-redeem = ギフトを受け取る
subscription-to-account = アカウントに戻る
subscription-gives = ご利用いただけるもの
subscription-gifts = 購入したギフト
subscription-gift-links = 記事をプレゼントする

subscription-state = { $state ->
    [active] 購読中
    [trial] お試し中
    [trouble] お支払いが必要
    [paused] 休止中
    [ending] まもなく終了
    [ended] 終了
   *[unpaid] 未払い
}
subscription-renews = { $day }までお支払い済みです。その後、自動的に更新されます。
subscription-trial = { $day }まで無料です。その後は下記のとおり続きます。
subscription-trial-ends = { $day }まで無料です。自動的に終了し、料金はかかりません。
subscription-ending = 解約済みです。{ $day }まで読むことができ、今後の請求はありません。
subscription-expires = { $day }までご利用いただけます。自動的に終了するため、解約の必要はありません。
subscription-for-good = 期限なくご利用いただけます。
subscription-given = { $publication }からのご招待です。期限は決まっていません。
subscription-given-until = { $publication }からのご招待です。{ $day }までご利用いただけます。
subscription-gift = プレゼントされたものです。
subscription-no-method = { $day }までお支払い済みです。その後のお支払い方法が登録されていないため、この日に終了します。続けて読むには、お支払い方法を追加してください。
subscription-price-ends = 新しい料金に同意されなかったため、{ $day }で終了します。まだ変更できます。
subscription-unpaid = 最初のお支払いがまだ済んでいません。{ $day }までにお支払いがない場合、自動的に取り消されます。
subscription-grace = お支払いが済んでいませんが、{ $day }まで読むことができます。
subscription-paused = 休止中です。{ $day }に自動的に再開します。それまで請求はありません。
subscription-paused-ending = { $day }まで休止中で、解約済みです。お支払い済みの期間を使い切ると終了します。
subscription-ended = { $day }に終了しました。{ $why ->
    [cancelled] 解約されました。
    [trial] お試し期間が終わりました。
    [unpaid] お支払いがありませんでした。
    [failed] お支払いができませんでした。
    [price] 新しい料金に同意されませんでした。
    [withdrawn] 契約を撤回されました。
    [refunded] 返金しました。
    [bank] 銀行が支払いを取り消しました。
    [revoked] { $publication }が終了しました。
   *[expired] 期間が満了しました。
}
subscription-seat = この購読の利用枠をお持ちです。料金は別の方が支払っています。
subscription-seat-until = { $day }まで、この購読の利用枠をお持ちです。料金は別の方が支払っています。
subscription-seat-ended = { $day }まで、この購読の利用枠をお持ちでした。
subscription-seat-own = お客様がお支払い中の購読です。ご自身で読むには、利用枠を一つ受け取ってください。
subscription-seat-domain = お勤め先（{ $domain }）がこの購読の利用枠をご用意しています。ご負担はありません。
subscription-seat-domain-full = お勤め先（{ $domain }）がこの購読をご用意していますが、利用枠はすべて使用中です。ご担当の方にお尋ねください。
subscription-change-then = その後は{ $name }（{ $rate }）になります。
subscription-change-paid = 差額のお支払いが済みしだい、{ $name }（{ $rate }）になります。
subscription-rise = { $day }から、料金が{ $old }から{ $rate }になります。{ $answer ->
    [accepted] 同意済みです。
    [refused] 同意されていません。
    [accepts] ご返答がない場合は、同意されたものとします。
   *[refuses] ご返答がない場合は、その前に終了します。
}

subscription-pay-failed = { $reason ->
    [insufficient_funds] { $amount }のお支払いができませんでした。残高が不足しています。別のカードで支払うか、もう一度お試しください。
    [card_expired] { $amount }のお支払いができませんでした。カードの有効期限が切れています。別のカードでお支払いください。
    [card_blocked] { $amount }のお支払いができませんでした。カードが利用停止になっています。別のカードでお支払いください。
    [authentication_failed] { $amount }のお支払いが銀行で確認されませんでした。もう一度お試しください。
    [refused] 銀行が{ $amount }のお支払いを断りました。理由は知らされていません。別のカードで支払うか、銀行にお問い合わせください。
   *[unknown] { $amount }のお支払いができませんでした。もう一度お試しになるか、別のカードでお支払いください。
}
subscription-pay-button = { $amount }を支払う
subscription-pay-then = 選択されたカードで今回のお支払いと、今後のお支払いを行います。
subscription-pay-if-it-fails = 処理中のお支払いができなかった場合は、選択されたカードでお支払いいただきます。今後のお支払いにも使います。
subscription-card-then = 選択されたカードで、次回の請求からお支払いいただきます。本日の請求はありません。
subscription-pay-again = { $day }にもう一度請求します。
subscription-pay-waiting = { $amount }のお支払いを処理しています。何もする必要はありません。
subscription-pay-confirm = { $amount }のお支払いについて、銀行が確認を求めています。
subscription-change-confirm = { $day }までに確認されない場合、プランは変わりません。
subscription-pay-calling-off = 銀行が確認を求めている{ $amount }のお支払いを取り消しています。

subscription-row-plan = 料金
subscription-row-next = 次回の請求
subscription-row-card = お支払い方法
subscription-row-address = お届け先
subscription-row-seats = 利用枠
subscription-next = { $day }に{ $amount }
subscription-card = { $card }（有効期限{ $until }）
subscription-seats-taken = { $seats }人分のうち{ $taken }人分を使用中

subscription-do = { $what ->
    [pay] 今すぐ支払う
    [pay-other] 別のカードで支払う
    [resume] 再開する
    [keep] 購読を続ける
    [price] 新しい料金に返答する
    [keep-plan] 今のプランを続ける
    [change] プランを変更する
    [seats] 利用枠を管理する
    [address] お届け先を変更する
    [card] お支払い方法を変更する
    [pause] 休止する
    [cancel] 解約する
    [withdraw] 契約を撤回する
   *[again] もう一度購読する
}
subscription-ask-title = { $what ->
    [pay] { $name }の料金を支払う
    [card] { $name }のお支払い方法
    [cancel] { $name }を解約する
    [keep] { $name }を続ける
    [pause] { $name }を休止する
    [resume] { $name }を再開する
    [keep-plan] { $name }をそのまま続ける
    [price] { $name }の新しい料金
   *[withdraw] { $name }の契約を撤回する
}
subscription-ask-button = { $what ->
    [card] 今後はこのカードで支払う
    [cancel] 購読を解約する
    [keep] 購読を続ける
    [pause] 今日から休止する
    [resume] 今日から再開する
    [keep-plan] 今のプランを続ける
    [price] 同意する
   *[withdraw] 契約を撤回する
}
subscription-done = { $what ->
    [pay] ありがとうございます。お支払いが済み、購読は続きます。
    [card] 今後は、選択されたカードでお支払いいただきます。
    [address] 今後は、こちらにお届けします。
    [cancel-then] 購読を解約しました。{ $day }まで読むことができます。
    [cancel] ご希望どおり、購読を終了しました。
    [keep] 購読は続きます。
    [pause] 購読を休止しました。{ $day }に自動的に再開します。
    [resume] お帰りなさい。購読を再開しました。
    [change] プランを変更しました。
    [unchanged] お支払いができませんでした。プランは変わっていません。
    [change-then] プランは{ $day }に変わります。
    [keep-plan] 今までどおり続きます。
    [price] ありがとうございます。新しい料金への同意を承りました。
    [price-refused] 新しい料金には同意されていません。適用される前であれば、変更できます。
   *[withdraw] 契約を撤回し、購読を終了しました。
}

subscription-cancel-until = お支払い済みの{ $day }まで読むことができます。その後の請求はありません。
subscription-cancel-now = お支払い済みの期間がないため、すぐに終了します。今後の請求はありません。
subscription-cancel-paused = お支払い済みでまだ使っていない期間は、休止のあとにご利用いただけます。その後、終了します。今後の請求はありません。
subscription-cancel-waiting = お支払いを処理しています。完了すれば、その期間の終わりまで読むことができます。完了しなければ、すぐに終了します。今後の請求はありません。
subscription-cancel-back = それまでは、取り消すことができます。
subscription-cancel-why = 解約の理由をお聞かせください
subscription-cancel-reason = { $reason ->
    [price] 料金が高い
    [time] 読む時間がない
    [content] 読みたい内容ではない
    [technical] うまく動かないところがある
    [competitor] ほかのものを読んでいる
   *[other] その他
}
subscription-cancel-words = よろしければ、詳しくお聞かせください
subscription-stay-title = その前に
subscription-stay-button = このプランを見る

subscription-address-title = お届け先
subscription-address-says = こちらにお届けします。変更はすぐに反映されます。
subscription-keep-plan-calls-off = 銀行が確認を求めているお支払いは取り消されます。
subscription-goes-on = 今までどおり続きます。
subscription-goes-on-paid = 今までどおり続きます。{ $day }に{ $card }に{ $amount }を請求します。
subscription-pause-says = 今すぐ休止します。休止中は読むことができず、請求もありません。
subscription-pause-left = お支払い済みの期間が{ $count }日残っています。休止のあとにご利用いただけます。
subscription-pause-day = 再開する日
subscription-pause-day-hint = 遅くとも{ $day }です。いつでも早めに再開できます。
subscription-resume-says = すぐにまた読むことができます。お支払い済みの期間は{ $day }までです。
subscription-price-refuse = 同意しない
subscription-price-refusing = 同意されない場合は、{ $day }まで今の料金で読むことができ、その後終了します。
subscription-withdraw-says = すぐに終了し、読むことができなくなります。
subscription-withdraw-back = { $amount }を、お支払いいただいた方法で返金します。
subscription-withdraw-nothing = お支払いがないか、使い切っているため、返金はありません。
subscription-withdraw-until = 撤回できるのは{ $day }までです。

subscription-gifts-pitch = ギフトのコードは、お支払いのあとにメールでお送りしています。
subscription-gifts-none = 購入したギフトはありません。
subscription-gift-state = { $state ->
    [ready] 未使用
    [redeemed] 使用済み
    [ended] 終了
   *[unpaid] 未払い
}
subscription-gift-unpaid = お支払いがまだ済んでいません。
subscription-gift-lapses = { $day }までにお支払いがない場合は自動的に取りやめとなり、請求はありません。
subscription-gift-pay-title = お支払いが済んでいないギフト
subscription-gift-pay = 支払う、または取りやめる
subscription-gift-give-up = ギフトを取りやめる
subscription-gift-given-up = ギフトを取りやめました。請求はありません。
subscription-gift-ready = まだ使われていません。コードは{ $day }まで有効です。
subscription-gift-redeemed = このギフトで購読している方がいます。
subscription-gift-ended = { $why ->
    [unpaid] お支払いがありませんでした。
    [refunded] 返金しました。
    [bank] 銀行が支払いを取り消しました。
   *[expired] 期限までに使われませんでした。
}
subscription-gift-bought = { $day }に購入。
subscription-gift-send-title = ギフトをもう一度送る
subscription-gift-send = アドレスを変更する、またはもう一度送る
subscription-gift-send-hint = 以前に別のアドレスへ送られたコードは、使えなくなります。
subscription-gift-send-button = コードを送る
subscription-gift-sent = コードを送信しました。
subscription-gift-sent-too-often = これ以上コードを送ることはできません。ご自身でお渡しください。
subscription-gift-sent-not = 送ることはできなくなりました。現在の状況は下記のとおりです。

subscription-plan-title = プランの変更
subscription-plan-now = 現在は{ $name }です。ご希望のプランを選んでください。料金は、決定の前にお知らせします。
subscription-plan-none = 変更できるプランはありません。
subscription-plan-at-once = 今すぐ変更する
subscription-plan-later = 今の期間の終わりに変更する
subscription-plan-to = { $name }に変更する
subscription-plan-button = プランを変更する
subscription-plan-charged = 今すぐ変更します。お支払い済みの期間の差額として、本日{ $card }に{ $amount }を請求します。
subscription-plan-back = 今すぐ変更します。お支払い済みの期間の差額{ $amount }を、お支払いいただいた方法で返金します。
subscription-plan-free = 今すぐ変更します。本日の請求はありません。
subscription-plan-then = { $day }に変更します。それまでは今までどおりで、本日の請求はありません。
subscription-plan-next = { $day }に{ $amount }を請求します。
subscription-plan-rate = その後の料金は{ $rate }です。解約されるまで続きます。
subscription-plan-changed = ページを開いたあとに内容が変わったため、何も行っていません。もう一度ご確認ください。
subscription-plan-stays = プランは変わっていません。

subscription-seats-title = 利用枠
subscription-seats-more = ほか{ $count }件
subscription-seat-waiting = 利用枠{ $number }：招待済み（回答待ち）
subscription-seat-somebody = アカウントを閉じた方
subscription-seat-free = 利用枠を戻す
subscription-seat-recall = 招待を取り消す
subscription-seat-mail = 招待する方のメールアドレス
subscription-seats-yourself = お支払いの方ご自身が読むにも利用枠が必要です。ご自身のメールアドレスも招待してください。
subscription-seat-invite = 招待を送る
subscription-seat-invited = 招待を送りました。
subscription-seat-freed = 利用枠が空きました。
subscription-seats-open = 招待なしで利用できる方
subscription-seats-open-how = 御社のメールアドレスをお持ちの方は、ご自身で利用枠を得られます。御社のネットワークからは、利用枠なしで読むことができます。設定や変更は{ $publication }にご連絡ください。
subscription-seat-title = 招待されています
subscription-seat-says = あなたの利用枠が用意されています。料金は招待した方がお支払いになり、あなたの負担はありません。
subscription-seat-account = 利用枠のご利用にはアカウントが必要です。アカウントは無料です。すぐにこのページに戻ります。
subscription-seat-seen = 利用枠をお使いの間、料金をお支払いになる方には、あなたのアカウントのメールアドレスが表示されます。
subscription-seat-button = 利用枠を受け取る
subscription-seat-yours-title = 利用枠を受け取りました
subscription-seat-yours = すぐにお読みいただけます。利用枠が不要になったときは、アカウントから返すことができます。
subscription-seat-over-title = この招待は使えません
subscription-seat-leave = 利用枠を返す
subscription-card-none = カードが登録されていません。
subscription-payment-title = お支払い
subscription-payment-none = 定期的なお支払いはありません。
subscription-payment-cards = 登録済みのカード
subscription-payment-until = 有効期限 { $until }
subscription-payment-remove = 削除
subscription-payment-removed = カードを削除しました。
subscription-billing-title = 請求書の記載事項
subscription-billing-pitch = 今後の請求書に記載されます。発行済みの請求書は変わりません。
subscription-billing-name = お名前または会社名
subscription-billing-vat-hint = 事業者の方のみ。ご購読の税の扱いはお申し込み時に決まっています。変更が必要な場合は{ $publication }までご連絡ください。
subscription-billing-done = 保存しました。
subscription-billing-forget = 記載事項を削除する
subscription-billing-needed = 事業者として課税されているご購読があり、その請求書にはVAT番号が必要です。変更するには、まず{ $publication }までご連絡ください。
subscription-billing-vat-needed = 事業者として課税されているご購読があります。VAT番号を残すか、{ $publication }までご連絡ください。
