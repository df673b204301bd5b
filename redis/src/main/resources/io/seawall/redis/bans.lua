-- Penalties, twin of io.seawall.ratelimit.Bans.
--
-- State: a mark; since when refusals are counted, and how many there were; how many bans there were in a row, and until when
-- the last one is.
local bans

do
  local MARK = 164
  local FORMAT = '<Bdddd'
  local LENGTH = 33

  local function read(text, refusals, within, first, longest)
    local state = {
      refusals = refusals,
      within = within,
      first = first,
      longest = longest,
      since = 0,
      count = 0,
      in_a_row = 0,
      until_when = 0,
    }
    if not text then
      return state
    end
    if #text ~= LENGTH or string.byte(text) ~= MARK then
      return nil
    end
    local _, since, count, in_a_row, until_when = struct.unpack(FORMAT, text)
    state.since, state.count, state.in_a_row, state.until_when = since, count, in_a_row, until_when
    return state
  end

  -- Microseconds until the ban is over; 0: there is none.
  local function banned_for(state, now)
    return state.in_a_row == 0 and 0 or max(0, min(state.longest, state.until_when - now))
  end

  local function ban_length(state)
    local length = state.first
    for _ = 2, state.in_a_row do
      if length >= state.longest then
        break
      end
      length = length * 2
    end
    return min(length, state.longest)
  end

  -- Counts a refusal outside of a ban.
  local function refused(state, now)
    local elapsed = now - state.since
    if state.count == 0 or elapsed >= state.within or elapsed < 0 then
      state.since, state.count = now, 0
    end
    state.count = state.count + 1
    if state.count < state.refusals then
      return
    end
    local again = state.in_a_row > 0 and now - state.until_when < state.longest
    state.in_a_row = again and state.in_a_row + 1 or 1
    state.until_when = now + ban_length(state)
    state.count = 0
  end

  -- Microseconds until nothing of this client matters any more.
  local function forgotten_after(state, now)
    local counting = state.count == 0 and 0 or state.since + state.within - now
    local growing = state.in_a_row == 0 and 0 or state.until_when + state.longest - now
    return max(0, counting, growing)
  end

  local function write(state)
    return struct.pack(FORMAT, MARK, state.since, state.count, state.in_a_row, state.until_when)
  end

  bans = {
    read = read,
    banned_for = banned_for,
    refused = refused,
    forgotten_after = forgotten_after,
    write = write,
  }
end
