letter-hello = 読者の皆さま
letter-hello-name = { $name } 様
letter-or-copy = または、次のアドレスをブラウザに貼り付けてください：
letter-questions = ご質問は、このメールにご返信ください。
letter-why-typed = このメールは、「{ $publication }」でこのアドレスが入力されたためお送りしています。
letter-why-reader = このメールは、「{ $publication }」にアカウントをお持ちの方にお送りしています。
letter-why-told = このメールは、どなたかがあなたのために「{ $publication }」にこのアドレスを知らせたためお送りしています。
letter-colon = ：
letter-value = { $value }
letter-joint = { "" }
letter-less = −{ $amount }
letter-span = { $from }〜{ $to }
letter-account-button = アカウントを開く

letter-link-minutes = リンクは{ $minutes }分間、1回だけ使えます。
letter-link-here = リンクは、送信を依頼したブラウザでのみ使えます。
letter-not-you = お心当たりがない場合は、何もしなくて構いません。リンクを開かないかぎり何も起こりません。

letter-sign-in-title = ログイン用のリンク
letter-sign-in = このリンクで「{ $publication }」にログインできます。
letter-sign-in-button = ログイン

letter-sign-up-title = 「{ $publication }」へのリンク
letter-sign-up = このアドレスのアカウントはまだありません。このリンクを開くとアカウントが作成され、ログインできます。
letter-sign-up-button = アカウントを作成

letter-confirm-title = アドレスをご確認ください
letter-confirm = このアドレスがご自身のものであることをご確認ください。確認後、「{ $publication }」のアカウントが作成されます。
letter-confirm-button = アドレスを確認する

letter-already-there-title = アカウントはすでにあります
letter-already-there = このアドレスで「{ $publication }」のアカウントを作成しようとした方がいます（おそらくご本人です）。アカウントはすでにあります。このリンクでログインできます。

letter-reset-title = 新しいパスワードの設定
letter-reset = このリンクで「{ $publication }」のアカウントの新しいパスワードを設定できます。設定すると、すべての端末からログアウトします。
letter-reset-button = 新しいパスワードを設定

letter-no-account-title = このアドレスのアカウントはありません
letter-no-account = 「{ $publication }」で新しいパスワードの設定を求めた方がいます（おそらくご本人です）。このアドレスのアカウントはありません。別のアドレスをお使いではないかご確認ください。新しくアカウントを作成することもできます。
letter-no-account-button = アカウントを作成

letter-closed-title = アカウントは閉鎖されています
letter-closed = このアドレスで「{ $publication }」にログインしようとした方がいます（おそらくご本人です）。アカウントは閉鎖されています。再開をご希望の場合はご連絡ください。
letter-closed-not-you = お心当たりがない場合は、何もしなくて構いません。

letter-password-changed-title = パスワードが変更されました
letter-password-changed = 「{ $publication }」のアカウントのパスワードが変更され、すべての端末からログアウトしました。
letter-password-changed-not-you = お心当たりがない場合は、すぐに新しいパスワードを設定してください。ログイン画面の「パスワードをお忘れですか」から設定できます。

letter-new-address-title = 新しいアドレスをご確認ください
letter-new-address = このアドレスがご自身のものであることをご確認ください。以後、「{ $publication }」へのログインにはこのアドレスを使い、お知らせもこちらにお送りします。
letter-new-address-account = これは { $account } のアカウントについての確認です。ご自身のものでない場合は、確認しないでください。
letter-address-changed-title = アドレスが変更されました
letter-address-changed = 「{ $publication }」のアカウントのメールアドレスが変更されました。このアドレスへのお知らせはこれが最後です。
letter-address-changed-not-you = お心当たりがない場合は、すぐにご連絡ください。

letter-gives = ご利用いただけるもの
letter-gives-gift = ギフトの内容
letter-agreed = お申し込みの内容
letter-row-price = 料金
letter-price-then = { $first }。{ $then }
letter-row-seats = 人数
letter-row-next = 次回のお支払い
letter-row-next-value = { $date }に{ $amount }
letter-row-ends = 終了日
letter-row-ends-trial = お試しの終了日
letter-row-paid-until = お支払い済みの期限
letter-row-from = 適用開始日
letter-row-retry = 次回の請求
letter-row-access-until = お読みいただける期限
letter-row-confirm-by = 確認の期限
letter-row-amount = 金額
letter-tax-added = 別途、税がかかります。
letter-plus-tax = （税別）

letter-welcome-title = 「{ $publication }」へようこそ
letter-welcome-paid = お申し込みありがとうございます。購読が始まりました。
letter-welcome-seats = アカウントから読者を招待してください。ご自身で読むには、ご自身のメールアドレスも招待してください。
letter-welcome-bought = ご購入ありがとうございます。ただいまからお読みいただけます。
letter-welcome-trial = 無料のお試しが始まりました。{ $until }までお読みいただけます。
letter-welcome-gift = 贈られた購読が始まりました。{ $until }まで続き、自動的に終了します。
letter-welcome-given = { $until }まで、「{ $publication }」を無料でお読みいただけます。
letter-welcome-given-open = 「{ $publication }」を無料でお読みいただけます。
letter-cancel = アカウントからいつでも解約できます。お支払い済みの期間は最後までお読みいただけます。
letter-cancel-trial = 継続を希望されない場合は、{ $date }より前にアカウントから解約してください。その場合、料金はかかりません。
letter-withdraw-part = { $date }までは、理由を問わず契約を撤回できます。ご利用になっていない分をお返しします。
letter-withdraw-full = { $date }までは、理由を問わず契約を撤回できます。全額をお返しします。
letter-withdraw-waived = すぐに利用を始めることを希望され、それにより撤回の権利がなくなることに同意されました。
letter-read-button = 記事を読む

letter-receipt-title = 領収書：{ $amount }
letter-receipt = お支払いありがとうございます。{ $amount }を受領しました。
letter-receipt-heading = 領収書
letter-row-invoice = 請求書番号
letter-row-credit-note = 返金伝票番号
letter-row-corrects = 対象の請求書
letter-row-date = 日付
letter-row-customer = 宛名
letter-row-seller = 発行元
letter-line-seats = { $what }（{ $count }人）
letter-line-plan = 購読
letter-line-once = 閲覧
letter-line-difference = プラン変更の差額
letter-line-unused = 変更前のプランの未使用分
letter-line-gift = 購読ギフト
letter-net = 税抜
letter-tax = 税（{ $rate }）
letter-total = 合計
letter-reverse-charge = 税はお客様の納付となります（リバースチャージ）。
letter-invoice-button = 請求書を見る
letter-invoice-soon = 請求書は後ほど発行され、アカウントでご覧いただけます。

letter-refund-title = { $amount }をお返しします
letter-refund = { $amount }を、お支払いと同じ方法でお返しします。多くの銀行では10日以内に届きます。
letter-refund-withdrawal = 契約の撤回を承りました。
letter-refund-plan = 新しいプランの料金が、お支払い済みの金額を下回りました。
letter-refund-surplus = お支払いの必要がないのに請求が行われました。申し訳ございません。
letter-credit-note-button = 返金伝票を見る
letter-refund-delayed-title = { $amount }の返金が遅れています
letter-refund-delayed = { $amount }をお返ししようとしましたが、銀行またはカードに受け付けられませんでした。返金を受ける権利に変わりはありません。こちらで対応し、必要なことがあればご連絡します。

letter-trial-ends-title = { $days ->
    [0] お試しは今日で終了します
    [1] お試しは明日で終了します
   *[other] お試しはあと{ $days }日で終了します
}
letter-trial-charged = 「{ $publication }」の無料のお試しは{ $date }に終了し、購読に切り替わります。同日に{ $amount }をお支払いいただきます。
letter-trial-over = 「{ $publication }」の無料のお試しは{ $date }に自動的に終了します。料金はかかりません。
letter-trial-go-on = 引き続きお読みになるには、ご購読をお申し込みください。
letter-subscribe-button = プランを選ぶ

letter-renewal-title = 購読は{ $date }に更新されます
letter-renewal = 「{ $publication }」の購読は{ $date }に更新され、{ $amount }をお支払いいただきます。
letter-renewal-cancel = 更新を希望されない場合は、その日より前にアカウントから解約してください。

letter-rise-title = { $date }からの新しい料金
letter-rise = 「{ $publication }」の購読料金が{ $date }に変わります。
letter-row-old-price = それまでの料金
letter-row-new-price = 新しい料金
letter-rise-silence-accepts = ご回答がない場合は同意されたものとし、{ $date }に初めて新しい料金をお支払いいただきます。お断りになる場合、購読は同日に終了し、以後の料金はかかりません。
letter-rise-silence-refuses = 新しい料金は、同意された場合にのみ適用されます。ご回答がない場合、購読は{ $date }に終了し、以後の料金はかかりません。
letter-rise-accept-button = 新しい料金に同意する
letter-rise-refuse = 新しい料金を断る

letter-failed-title = お支払いを確認できませんでした
letter-failed = 「{ $publication }」の購読料金をお支払いいただくことができませんでした。
letter-failed-funds = 口座の残高が不足していました。
letter-failed-expired = カードの有効期限が切れています。
letter-failed-blocked = このカードは使用できなくなっています。
letter-failed-unconfirmed = 銀行での本人確認が行われませんでした。
letter-failed-refused = 銀行に拒否されました。理由は示されていません。
letter-failed-again = 一時的なことでしたら、何もなさる必要はありません。もう一度請求を行います。別のカードをお使いになる場合は変更してください。
letter-failed-final = このカードでの請求はもう行いません。{ $until }までに別のカードをご登録ください。ご登録がない場合、購読は終了します。
letter-failed-purchase = 「{ $publication }」でのご購入の代金をお支払いいただくことができませんでした。
letter-failed-plan = { $publication }のプラン変更のお支払いができませんでした。
letter-failed-plan-stays = プランは変わっていません。万一引き落とされていた場合は、返金されます。
letter-failed-nothing = ご利用は始まっておらず、請求も行われていません。別のカードでも、もう一度お試しいただけます。
letter-failed-unknown = ご利用は始まっていません。お支払いの結果を確認できませんでした。もう一度お試しになる前に、引き落としの有無をご確認ください。後から入金があった場合は返金します。
letter-card-button = カードを変更する
letter-purchase-button = 購入の状況を見る

letter-bank-title = お支払いの確認をお願いします
letter-bank = 「{ $publication }」の購読料金について、銀行がご本人による確認を求めています。確認されるまでお支払いは完了しません。
letter-bank-purchase = 「{ $publication }」でのご購入の代金について、銀行がご本人による確認を求めています。確認されるまでお支払いは完了せず、ご利用は始まりません。
letter-bank-button = お支払いを確認する

letter-trial-ended-title = お試し期間が終了しました
letter-ended-title = ご購読期間が終了しました
letter-access-ended-title = ご利用期間が終了しました
letter-ended-cancelled = ご希望により{ $date }に終了しました。以後の料金はかかりません。
letter-ended-trial = 「{ $publication }」の無料のお試しは{ $date }に終了しました。料金はかかっていません。
letter-ended-expired = 期間が定められたものでしたので、{ $date }に終了しました。以後の料金はかかりません。
letter-ended-payment = 数回請求を行いましたが、お支払いを確認できませんでした。{ $date }に終了し、以後の料金はかかりません。
letter-ended-price = 新しい料金に同意されなかったため、{ $date }に終了しました。以後の料金はかかりません。
letter-ended-withdrawn = 契約を撤回されたため、{ $date }に終了しました。返金については別のメールでお知らせします。
letter-ended-refunded = お支払いを返金したため、{ $date }に終了しました。
letter-ended-charged-back = 銀行によりお支払いが取り消されたため、{ $date }に終了しました。誤りの場合はご連絡ください。
letter-ended-revoked = 当方の判断により{ $date }に終了しました。誤りと思われる場合はご連絡ください。
letter-ended-back = またのご購読をお待ちしております。
letter-back-button = もう一度購読する

letter-cancelled-title = 解約を承りました
letter-cancelled = { $until }まで「{ $publication }」をお読みいただけます。以後の料金はかかりません。
letter-cancelled-open = お支払い済みの期間とともに終了します。次の期間の料金はかかりません。
letter-cancelled-back = お気持ちが変わりましたら、終了する前にアカウントで解約を取り消せます。
letter-cancelled-button = 購読を続ける

letter-paused-title = ご購読は一時停止中です
letter-paused = 「{ $publication }」の購読は一時停止中で、{ $date }に自動的に再開します。その間の料金はかからず、お支払い済みの期間はそのまま残ります。
letter-paused-button = 今すぐ再開する
letter-resumed-title = 購読が再開しました
letter-resumed = 「{ $publication }」の購読は本日から再開しました。

letter-plan-title = 購読の内容が変わりました
letter-plan = 変更が完了しました。これからの内容は次のとおりです。

letter-gift-bought-title = ギフトと領収書
letter-gift-bought = 「{ $publication }」をギフトにお選びいただき、ありがとうございます。{ $amount }を受領しました。
letter-gift-bought-next = ギフトを受け取るためのコードは、別のメールで、お選びいただいた宛先（ご本人または贈り先の方）にお送りします。
letter-gift-title = { $giver }さんからの贈り物：「{ $publication }」
letter-gift-title-anonymous = あなたへの贈り物：「{ $publication }」
letter-gift = 「{ $publication }」の購読があなたに贈られました。料金はかからず、自動的に終了します。
letter-gift-yours-title = ギフトのコード
letter-gift-yours = このコード、またはこのメールをそのままお渡しください。最初にコードを使った方がギフトを受け取ります。
letter-row-code = コード
letter-row-lasts = 期間
letter-row-redeem-by = 受け取り期限
letter-gift-button = ギフトを受け取る
letter-gift-redeemed-title = ギフトが受け取られました
letter-gift-redeemed = お贈りになった「{ $publication }」の購読が始まりました。よい読み物をお届けくださり、ありがとうございます。

letter-seat-title = 「{ $publication }」へのご招待
letter-seat-title-by = { $giver }さんからの「{ $publication }」へのご招待
letter-seat = 「{ $publication }」の購読に、あなたの利用枠が用意されています。料金は招待した方がお支払いになり、あなたの負担はありません。
letter-seat-button = 利用枠を受け取る
letter-seat-not-you = お心当たりがない場合は、何もしなくて構いません。

letter-delivery-title = 配達が変更されました
letter-delivery = 「{ $publication }」の配達が変更されました。配達の予定はアカウントで確認できます。
letter-delivery-suspended-title = 配達を休止しています
letter-delivery-suspended = { $first }から{ $last }まで「{ $publication }」は配達されません。購読は続きます。
letter-delivery-suspended-day = { $first }は「{ $publication }」が配達されません。購読は続きます。
letter-delivery-elsewhere-title = 配達先が変わります
letter-delivery-elsewhere = { $first }から{ $last }まで「{ $publication }」は別の住所に配達されます。
letter-delivery-elsewhere-day = { $first }は「{ $publication }」が別の住所に配達されます。
letter-delivery-for-good = { $first }から「{ $publication }」は別の住所に配達されます。
letter-delivery-town = 市区町村
letter-delivery-back-title = 配達が元に戻りました
letter-delivery-back = 「{ $publication }」の配達についてのお申し込みは、{ $first }から取り消されました。
letter-delivery-late = 一部の日には間に合いませんでした。その日の配達がすでに決まっていたためです。どの日かはアカウントで確認できます。
letter-delivery-address-title = お届け先の住所が変更されました
letter-delivery-address = 「{ $publication }」は今後、別の住所に配達されます。すでに決まっている配達は、これまでの住所に届きます。
letter-delivery-button = 配達の予定を見る
letter-delivery-not-you = お心当たりがない場合は、アカウントで元に戻すか、すぐにご連絡ください。
