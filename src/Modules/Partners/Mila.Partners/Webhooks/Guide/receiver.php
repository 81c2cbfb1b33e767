<?php
// php -S 127.0.0.1:8080 receiver.php (PHP 8, nothing to install)

/** True when Mila wrote these bytes within the last five minutes. */
function verify(string $secret, string $id, string $timestamp, string $signatures, string $body): bool
{
    if ($id === '' || !preg_match('/^\d{1,12}$/D', $timestamp) || abs(time() - (int) $timestamp) > 300) {
        return false;
    }

    $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $signatures) as $entry) {
        if (hash_equals($expected, $entry)) {
            return true;
        }
    }

    return false;
}

$body = file_get_contents('php://input'); // the bytes as they came: never JSON that was parsed and written again
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
if (!verify(getenv('WEBHOOK_SECRET'), $id, $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '', $body)) {
    http_response_code(400);
    exit;
}

// In your program: a unique column of your database. Here a file that only the first of two can make.
$first = @fopen(sys_get_temp_dir() . '/webhook-' . hash('sha256', $id), 'x');
if ($first) {
    $message = json_decode($body, true, 32, JSON_THROW_ON_ERROR);
    file_put_contents('php://stderr', "{$message['type']} $id\n"); // put it into a queue of yours, and answer at once
}
http_response_code(204);
