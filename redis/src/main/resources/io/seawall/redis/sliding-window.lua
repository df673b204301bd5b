-- The exact sliding window, twin of io.seawall.ratelimit.SlidingWindow: its story is told there.
--
-- State: a mark; the newest slice; permits in use, and those of them that were taken in the newest slice; a byte of flags. Then the
-- slices from the oldest to the one before the newest, as tokens of half a byte each, or more: 0 to 11 is a slice and the permits
-- taken in it; 12 to 14 is a slice whose permits follow, in 2, 4 or 14 halves; 15 says that nothing was taken in so many slices as
-- the next 2 halves say. Flags: how many slices the tokens are, times 4; 2, if the first half of the first byte is no token any
-- more; 1, if the second half of the last one is none yet.
--
-- So slices leave at the front and come at the end, and those between need not be read: a decision costs the same however many
-- there are. 100/60s takes 43 bytes if it is used evenly; up to 44, Redis keeps a text and its head in 64. No limit takes more than 500.
do
  local SLICES_PER_WINDOW = 60

  local SMALL, SMALL_FORMAT, SMALL_LENGTH = 165, '<BI6HHB', 12
  local WIDE, WIDE_FORMAT, WIDE_LENGTH = 166, '<BI6ddB', 24
  local MAX_LENGTH = 500

  local TWO, FOUR, FOURTEEN, EMPTY = 12, 13, 14, 15

  local byte, char, sub = string.byte, string.char, string.sub
  local pack, unpack = struct.pack, struct.unpack

  -- A number and where it ends; nil if the text ends before it.
  local function number(text, at, digits)
    local value = 0
    for i = at, at + digits - 1 do
      local both = byte(text, floor(i / 2) + 1)
      if not both then
        return nil
      end
      value = value * 16 + (i % 2 == 0 and floor(both / 16) or both % 16)
    end
    return value, at + digits
  end

  -- Permits, slices, and where the next token begins; nil if this is none.
  local function token(text, at)
    local value, after = number(text, at, 1)
    if not value or value < TWO then
      return value, 1, after
    elseif value == EMPTY then
      value, after = number(text, after, 2)
      return value and 0, value, after
    end
    value, after = number(text, after, value == TWO and 2 or value == FOUR and 4 or 14)
    return value, 1, after
  end

  local function append(tokens, odd, value, digits)
    for digit = digits - 1, 0, -1 do
      local half = floor(value / 16 ^ digit) % 16
      if odd == 1 then
        tokens, odd = sub(tokens, 1, -2) .. char(byte(tokens, -1) + half), 0
      else
        tokens, odd = tokens .. char(half * 16), 1
      end
    end
    return tokens, odd
  end

  local function append_slice(tokens, odd, permits)
    if permits < TWO then
      return append(tokens, odd, permits, 1)
    elseif permits < 2 ^ 8 then
      return append(tokens, odd, TWO * 2 ^ 8 + permits, 3)
    elseif permits < 2 ^ 16 then
      return append(tokens, odd, FOUR * 2 ^ 16 + permits, 5)
    end
    tokens, odd = append(tokens, odd, FOURTEEN, 1)
    return append(tokens, odd, permits, 14)
  end

  local function append_empty(tokens, odd, slices)
    if slices < 4 then
      return append(tokens, odd, 0, slices)
    end
    return append(tokens, odd, EMPTY * 2 ^ 8 + slices, 3)
  end

  -- The first instant at which nothing of this slice is in the window any more.
  local function expiry(slice, slice_length, window)
    return (slice + 1) * slice_length - 1 + window
  end

  -- Permits in use; the newest slice, and what was taken in it; the oldest slice, and where its token is, in halves; whether the last
  -- half is none yet; whether what is in use was moved to the present. Nil if this is none of ours.
  local function read(text, slice_length, window, now)
    local mark, length = byte(text), #text
    local _, used, last, last_count, flags, at
    if mark == SMALL and length >= SMALL_LENGTH and length <= MAX_LENGTH then
      _, last, used, last_count, flags, at = unpack(SMALL_FORMAT, text)
    elseif mark == WIDE and length >= WIDE_LENGTH and length <= MAX_LENGTH then
      _, last, used, last_count, flags, at = unpack(WIDE_FORMAT, text)
    else
      return nil
    end
    if last * slice_length - now > window then
      local current = floor(now / slice_length)
      return used, current, used, current, 0, 0, true
    end
    if expiry(last, slice_length, window) <= now then
      return 0, 0, 0, 0, 0, 0, false
    end
    local first = last - floor(flags / 4)
    at = (at - 1) * 2 + floor(flags / 2) % 2
    while first < last and expiry(first, slice_length, window) <= now do
      local count, slices, after = token(text, at)
      if not count then
        return nil
      end
      used, first, at = used - count, first + slices, after
    end
    return used, last, last_count, first, at, flags % 2, false
  end

  local function write(used, last, last_count, first, tokens, at, odd)
    local flags = (last - first) * 4 + at * 2 + odd
    if used < 2 ^ 16 then
      return pack(SMALL_FORMAT, SMALL, last, used, last_count, flags) .. tokens
    end
    return pack(WIDE_FORMAT, WIDE, last, used, last_count, flags) .. tokens
  end

  -- Microseconds until so many permits have left the window.
  local function wait_for(missing, tokens, at, first, last, slice_length, window, now)
    local slice = first
    while slice < last do
      local count, slices, after = token(tokens, at)
      if not count or count >= missing then
        break
      end
      missing, slice, at = missing - count, slice + slices, after
    end
    return expiry(slice, slice_length, window) - now
  end

  local function take(text, permits, window, _, now, cost, times)
    local slice_length = floor(window / SLICES_PER_WINDOW)
    local used, last, last_count, first, at, odd, is_moved = 0, 0, 0, 0, 0, 0, false
    if text then
      used, last, last_count, first, at, odd, is_moved = read(text, slice_length, window, now)
      if not used then
        return nil
      end
    end
    local granted = min(times, floor(max(0, permits - used) / cost))
    local tokens, new, ends_as_before = text, nil, false
    if granted > 0 or is_moved then
      if first < last then
        tokens, at = sub(text, floor(at / 2) + 1), at % 2
      else
        tokens, at, odd = '', 0, 0
      end
      local current = floor(now / slice_length)
      if used == 0 then
        first, last, last_count = current, current, 0
      elseif current > last then
        tokens, odd = append_slice(tokens, odd, last_count)
        tokens, odd = append_empty(tokens, odd, current - last - 1)
        last, last_count = current, 0
      else
        ends_as_before = not is_moved
      end
      used, last_count = used + granted * cost, last_count + granted * cost
      new = write(used, last, last_count, first, tokens, at, odd)
    end
    local remaining = max(0, permits - used)
    local wait, next_permit = 0, 0
    if remaining < cost then
      wait = cost > permits and NEVER
        or wait_for(cost - (permits - used), tokens, at, first, last, slice_length, window, now)
      if remaining == 0 then
        next_permit = permits == 0 and NEVER
          or wait_for(1 - (permits - used), tokens, at, first, last, slice_length, window, now)
      end
    end
    local reset_after = used == 0 and 0 or expiry(last, slice_length, window) - now
    return granted, wait, remaining, next_permit, reset_after, new, ends_as_before
  end

  local function free(text, permits, window, _, now)
    if not text then
      return permits
    end
    local used = read(text, floor(window / SLICES_PER_WINDOW), window, now)
    return used and max(0, permits - used)
  end

  local function refund(text, _, window, _, now, cost, charged_at)
    if not text then
      return nil
    end
    local slice_length = floor(window / SLICES_PER_WINDOW)
    local used, last, last_count, first, at, _, is_moved = read(text, slice_length, window, now)
    local charged = floor(charged_at / slice_length)
    local is_given = used == 0 or expiry(charged, slice_length, window) <= now
    if is_given and not is_moved then
      return nil
    end

    local is_new = is_moved
    local kept, kept_first, kept_last, kept_count, tokens, odd = 0, 0, 0, 0, '', 0
    local function keep(slice, count)
      if slice >= charged and count > 0 and not is_given then
        count = max(0, count - cost)
        is_given, is_new = true, true
      end
      if count > 0 then
        if kept == 0 then
          kept_first = slice
        else
          tokens, odd = append_slice(tokens, odd, kept_count)
          tokens, odd = append_empty(tokens, odd, slice - kept_last - 1)
        end
        kept, kept_last, kept_count = kept + count, slice, count
      end
    end
    while first < last do
      local count, slices, after = token(text, at)
      if not count then
        break
      end
      keep(first, count)
      first, at = first + slices, after
    end
    keep(last, last_count)
    return is_new and write(kept, kept_last, kept_count, kept_first, tokens, 0, odd) or nil,
      kept == 0 and 0 or expiry(kept_last, slice_length, window) - now
  end

  algorithms['sw'] = { take = take, free = free, refund = refund }
end
