-- Takes one place for each mail in the limit of its address, in the order of the addresses, so that two calls with the
-- same addresses cannot deadlock. p_most is the limit that applies to the mail. Returns a row per mail, with its number
-- in the arrays: the seconds until the window is over, or 0 if the mail got a place.
CREATE FUNCTION take_mail_places(p_hashes text[], p_most integer[], p_window interval)
RETURNS TABLE (number bigint, wait bigint)
LANGUAGE plpgsql AS $$
DECLARE
    mail record;
BEGIN
    FOR mail IN
        SELECT given.hash, given.most, given.number
        FROM unnest(p_hashes, p_most) WITH ORDINALITY AS given(hash, most, number)
        ORDER BY given.hash, given.number
    LOOP
        INSERT INTO mailed_addresses AS m (address_hash, window_end, mails)
        VALUES (mail.hash, now() + p_window, 1)
        ON CONFLICT (address_hash) DO UPDATE SET
            mails = CASE WHEN m.window_end <= now() THEN 1 ELSE m.mails + 1 END,
            window_end = CASE WHEN m.window_end <= now() THEN excluded.window_end ELSE m.window_end END
        WHERE m.window_end <= now() OR m.mails < mail.most;
        number := mail.number;
        wait := 0;
        IF NOT FOUND THEN
            SELECT ceil(extract(epoch FROM m.window_end - now())) + 1 INTO wait
            FROM mailed_addresses m WHERE m.address_hash = mail.hash;
            -- Deleted in the meantime.
            wait := coalesce(wait, 1);
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
