account-back = トップページへ
account-mail = メールアドレス
account-password = パスワード
account-new-password = 新しいパスワード
account-password-hint = { $least }文字以上。いくつかの言葉をつなげると、強くて覚えやすくなります。
account-name = お名前
account-optional = （任意）

account-login-title = ログイン
account-login-button = ログイン
account-link-hint = パスワードなしでもログインできます。リンクをメールでお送りします。
account-link-button = リンクを送る
account-forgot-link = パスワードをお忘れですか
account-no-account = アカウントをお持ちでない方
account-have-account = アカウントをお持ちの方
account-wrong = メールアドレスまたはパスワードが違います。

account-register-title = アカウントを作成
account-register-pitch = 無料で、1分で完了します。
account-register-button = アカウントを作成

account-sent-title = メールをご確認ください
account-sent = { $mail } にメールをお送りしました。メールにあるリンクを開いてください。
account-sent-minutes = リンクは{ $minutes }分間、1回だけ使えます。
account-sent-here = このブラウザでのみ使えます。
account-sent-nothing = 届かない場合は、迷惑メールのフォルダとアドレスをご確認ください。

account-confirm-title = アドレスの確認
account-confirm-pitch = ほかの人がリンクを使うことのないよう、もう一度ボタンを押してください。
account-confirm-password = 先ほどとは別のブラウザです。設定したパスワードを入力してください。
account-confirm-button = 確認してログイン
account-wrong-password = 設定したパスワードと違います。
account-link-over-title = このリンクは使えません
account-link-over = すでに使われたか、有効期限が切れています。ボタンを続けて2回押した場合は、すでにログインしています。
account-link-again = 新しいリンクを送る
account-elsewhere-title = このリンクは別のブラウザのものです
account-elsewhere = リンクは送信を依頼したブラウザでのみ使えます。そちらで開くか、ここで新しいリンクを依頼してください。

account-reset-title = 新しいパスワードの設定
account-forgot-pitch = メールアドレスを入力してください。新しいパスワードを設定するためのリンクをお送りします。
account-forgot-button = リンクを送る
account-reset-note = すべての端末からログアウトされます。
account-reset-button = パスワードを保存
account-password-set-title = パスワードを保存しました
account-password-set = すべての端末からログアウトしました。新しいパスワードでログインしてください。

account-title = アカウント
account-signed-in-as = { $mail } でログイン中
account-devices = ログイン中の端末
account-device-unknown = 端末
account-device-this = この端末
account-device-seen = 最終アクセス：{ $day }
account-sign-out = ログアウト
account-devices-others = ほかのすべての端末からログアウト
account-signed-out-title = ログアウトしました
account-signed-out = お読みいただきありがとうございました。

account-error-title = もう一度ご確認ください
account-error-missing = 入力してください。
account-error-mail = anna@example.com のような形式で入力してください。
account-error-password-short = { $least }文字以上にしてください。
account-error-password-long = { $most }文字以内にしてください。
account-error-password-easy = 推測されやすいパスワードです。別のものにしてください。
account-refused-title = 実行されませんでした
account-refused-elsewhere = フォームが別のサイトから送信されました。ご本人の場合は、このサイトのページを開いてもう一度送信してください。
account-refused-cookie = ブラウザがこのサイトのCookieを保存していないか、ページを1日以上開いたままでした。Cookieを許可し、前の画面に戻って再読み込みしてから、もう一度送信してください。
account-refused-old = ページを長く開いたままだったか、その間にログインまたはログアウトしました。前の画面に戻って再読み込みしてから、もう一度送信してください。
account-load-again = ページを再読み込みする
account-many-title = 試行回数が多すぎます
account-many = { $minutes }分ほど待ってから、もう一度お試しください。
account-busy-title = ただいま混み合っています
account-busy = 何も実行されていません。1分ほどしてからもう一度お試しください。
account-broken-title = 問題が発生しました
account-broken = 当方の不具合で、すでに把握しています。処理が完了している場合もありますので、もう一度お試しになる前にアカウントをご確認ください。
account-not-so-title = この操作はできません
account-not-so = すでに受け付けが終わっているか、このアカウントではご利用いただけません。現在の状況はアカウントでご確認ください。
account-closed-title = このアカウントは停止されています
account-closed = 再開するには { $publication } までご連絡ください。
account-missing-title = ページがありません
account-missing = アドレスが間違っているか、ページが移動した可能性があります。

account-this-language = 日本語
account-language = メールの言語
account-profile-title = お名前と言語
account-save = 保存する
account-profile-saved-title = 保存しました
account-profile-saved = お名前と言語を保存しました。
account-password-changed = ほかの端末はすべてログアウトしました。
account-password-others = ほかの端末はすべてログアウトします。
account-data-title = あなたのデータ
account-data-pitch = { $publication }が保有しているあなたのデータを、一つのファイルにまとめます。
account-data-holds = アカウント、端末、お支払い方法（カード番号は含みません）、住所、同意の記録、ご購読とギフトの履歴、請求書が含まれます。
account-data-button = ファイルをダウンロードする
account-erase-title = アカウントを完全に閉じる
account-erase-pitch = お名前、住所、パスワード、カード、お書きになったものを、すぐにすべて消去します。元に戻すことはできず、すべての端末でログアウトします。
account-erase-ends = 次のものはすぐに終了し、返金はありません。契約を撤回できる期間内であれば、先に撤回してください。
account-erase-kept = お支払いの記録と、お名前の入った請求書は、法律で定められた期間（多くの国で6年から10年）保存します。それ以外に、あなたのものとわかる記録は残りません。
account-erase-sure = アカウントを完全に閉じます。
account-erase-button = アカウントを閉じる
account-lapsed-title = 変更は行われていません
account-lapsed = 別の端末またはウィンドウで、たった今パスワードが変更されました。ページを再読み込みし、新しいパスワードを入力してください。
account-erase-payment = お支払いを処理中で、結果がまだ銀行から届いていません。数分後にもう一度お越しください。結果がわかり次第、アカウントを閉じることができます。
account-erase-bank = 銀行がお支払いの確認を待っています。確認していただくか、お支払いの対象を解約してください。どちらもされない場合、お支払いは数日後に自動的に取り消されます。その後アカウントを閉じることができます。
account-erase-refund = 返金の手続き中です。数日かかることがあります。閉じたアカウントには返金できませんので、入金を確認してからもう一度お越しください。
account-erased-title = アカウントを閉じました
account-erased = 保有していたデータを消去しました。お読みいただき、ありがとうございました。
account-not-erased-title = 終了できないものがありました
account-not-erased = お支払いを処理しているか、自動的に終了できないものがあります。アカウントをご確認のうえ、後ほどもう一度お試しください。
account-error-stale = いったんログアウトし、リンクでもう一度ログインしてください。その後10分間、この操作ができます。
account-error-password-wrong = パスワードが違います。
account-error-sure = 確認のチェックを入れてください。
account-mail-title = メールアドレスを変更する
account-mail-pitch = 新しいアドレスにリンクを送ります。リンクを開くまでは、{ $now }のままです。
account-new-mail = 新しいメールアドレス
account-mail-unconfirmed = { $now } がご本人のアドレスかどうか、まだ確認できていません。このアドレスにリンクをお送りします。リンクを開くと確認が完了します。
account-mail-confirm-now = リンクを送る
account-mail-confirm-title = 新しいアドレスを確認する
account-mail-confirm-pitch = 今後は、このアドレスでログインし、メールもこちらに届きます。
account-mail-confirm-whose = これは { $account } のアカウントについての確認です。お心当たりがない場合は、このページを閉じてください。何も変わりません。
account-mail-confirm-password = 先ほどとは別のブラウザです。アカウントのパスワードを入力してください。
account-mail-confirm-button = アドレスを確認する
account-mail-changed-title = アドレスを変更しました
account-mail-changed = 今後は新しいアドレスでログインしてください。以前のアドレスにもお知らせしました。
account-mail-taken-title = このアドレスのアカウントがすでにあります
account-mail-taken = このアドレスでログインするか、別のアドレスを選んでください。どちらもご自身のアカウントであれば、統合のため{ $publication }にご連絡ください。
account-error-mail-same = 現在のアドレスと同じです。
account-newsletter-title = ニュースレター
account-newsletter-consent = { $publication } のニュースレターをメールで受け取ります。アカウントからいつでもやめられます。
account-newsletter-has = ニュースレターは { $mail } に届きます。
account-newsletter-none = ニュースレターは届いていません。
account-newsletter-agree = 受け取る
account-newsletter-stop = 受け取りをやめる
account-newsletter-said = これまでのご意思
account-newsletter-given = { $how ->
    [web] { $day }にこのページで申し込み。
    [import] 以前に申し込み、{ $day }に別のシステムから引き継ぎ。
   *[other] { $day }に申し込み。
}
account-newsletter-withdrawn = { $day }にこのページで解除。
account-newsletter-on-title = ニュースレターをお届けします
account-newsletter-on = お申し込みとその日時を記録しました。
account-newsletter-off-title = ニュースレターをお届けするのをやめました
account-newsletter-off = 解除のご希望とその日時を記録しました。すでに送信中のものは届くことがあります。

## アプリの許可。

account-app-title = このアプリを許可しますか
account-app-lede = { $app } が、あなたのアカウント { $mail } の利用を求めています。
account-app-may = 許可すると、次のことができるようになります
account-app-read = あなたと同じ範囲で記事を読み、無料で読める残りの本数を見る
account-app-account = お名前、メールアドレス、言語を見る
account-app-saved = 保存した記事を見る、変更する
account-app-history = 閲覧履歴を見る、変更する
account-app-not = パスワードやお支払い方法がアプリに伝わることはありません。アプリは端末の一覧に表示され、いつでもログアウトさせることができます。
account-app-yes = 許可する
account-app-no = 許可しない
account-app-unknown-title = このアプリは許可できません
account-app-unknown = アクセス元のアプリは{ $publication }に登録されていないか、登録と異なるアドレスを使っています。アプリには何も伝えていません。アプリの提供元にお問い合わせください。
