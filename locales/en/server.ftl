# What a refusal says: the value is the message, .hint tells how to go on. The id is the code with - for /.

## rpc

rpc-parse_error = This is not JSON
    .hint = Send one JSON-RPC 2.0 object or batch in UTF-8
rpc-invalid_request =
    { $reason ->
        [tooDeep] This nests too deep
        [emptyBatch] A batch needs at least one entry
        [batchTooLong] This batch is too long
        [notAnObject] A request has to be an object
        [version] The member jsonrpc has to be "2.0"
        [method] The member method has to be a text
        [methodTooLong] No method has a name this long
        [id] This id cannot be echoed faithfully
        [params] Parameters have to be an object
        [proto] The key __proto__ is not allowed
        [socketOnly] Streams need a WebSocket
       *[other] This is no JSON-RPC 2.0 request
    }
    .hint =
        { $reason ->
            [tooDeep] At most 16 levels are read
            [batchTooLong] Send at most 20 entries at once
            [id] Use a whole number up to 2^53-1, or a text of at most 128 characters
            [socketOnly] Connect to /ws, or poll with events.list
           *[other] See the JSON-RPC 2.0 specification and rpc.discover
        }
rpc-unknown_method = There is no such method
    .hint = rpc.discover lists all methods
rpc-invalid_params =
    { $reason ->
        [byName] Parameters go by name
       *[other] These parameters do not fit the method
    }
    .hint = details.issues tells what is wrong; rpc.discover describes each method

## server

server-internal = Something went wrong on the server
    .hint = Try again; if it stays, tell the operator the rid
server-busy = The server has more to do than it can
    .hint = Wait as long as retryAfterMs says and send the same again
server-read_only =
    { $what ->
        [newWorlds] The server has too little room for another world
       *[other] The server cannot store anything at the moment
    }
    .hint =
        { $what ->
            [newWorlds] Worlds that are there can be played. Try again later
           *[other] Its disk may be full; what was played is safe. Try again later
        }
server-store_unavailable = The server cannot reach its store
    .hint = Try again in a moment
server-going_away = The server is restarting
    .hint = Wait as long as retryAfterMs says, connect again and send the same again
server-maintenance = The server is being maintained
    .hint = Try again later

## rpc

rpc-too_large = This is too large
    .hint = Bodies may have 256 KiB, socket frames 64 KiB
rpc-deadline = This took too long
    .hint = A command may have happened all the same: send the same again until there is an answer
rpc-unsupported_type = This type of content is not understood
    .hint = Send application/json without encoding; on a socket text frames

## limit

limit-rate = Too many requests
    .hint = Wait as long as retryAfterMs says
limit-connections = Too many connections or subscriptions
    .hint = Close some that are not needed

## auth

auth-required = This needs a session
    .hint = Sign in, for example by session.guest
auth-ended = This session has ended
    .hint = Sign in again
auth-forbidden = This is not allowed
    .hint = Ask somebody who may
auth-banned = This account is banned
    .hint = Ask the operator
auth-origin = This page may not use the session's cookie
    .hint = Call from the server's own address, or use a Bearer token (session.guest with token: true)
auth-wrong_credentials = This key opens no door here
    .hint = Type it as it was shown; making a new one ended the one before it
auth-locked_out = Too many failed attempts
    .hint = Wait as long as retryAfterMs says

## account

account-damaged = Something stored of this account is damaged
    .hint = Tell the operator; nothing is written over it, and the other players go on

## command

command-cseq_reused = This cseq was used for another command
    .hint = Take the next number; never reuse one
command-superseded = A later command was answered already
    .hint = This one never happened; take the next number
command-receipt_gone = This command is too long ago to tell
    .hint = Look at the stream for what happened
command-in_flight = This command is still being decided
    .hint = Send the same again in a moment
command-stale = Something has happened since you chose
    .hint = Look again and choose anew
command-other_epoch = This world's history is another one now
    .hint = Subscribe again and take the snapshot

## stream

stream-unknown = There is no such stream
    .hint = Audiences are party and party.talk
stream-behind = This is not known here yet
    .hint = Ask again in a moment

## world

world-unknown = There is no such world for you
    .hint = Check the link, or ask for a new invite
world-full = The party is full
    .hint = Join another world, or make your own
world-ended = This world has ended
    .hint = Make a new one
world-frozen = This world is halted until it is looked at
    .hint = Nothing is lost; tell the operator the rid
world-quarantined = This world's stored form is damaged
    .hint = Tell the operator; other worlds are well
world-not_host = Only the host ends a world
    .hint = Ask the player who made it
world-wrong_name = This is not the name of this world
    .hint = Type the name exactly as it is shown
world-not_ended = This world goes on
    .hint = Its log is opened once its host has ended it
world-log_gone = The beginning of this world's log is no longer stored
    .hint = Entries from { $from } on can still be read
world-too_many = You have a seat in { $limit } worlds, and there is no room for more
    .hint = Leave one of them first

## admin

admin-unknown_job = There is no such job
    .hint = The server remembers the last hundred of this run; ask for the list of backups

## turn

turn-not_yours = It is not your turn
    .hint = Wait for your turn; Guard, set on your own turn, strikes when a foe comes near
turn-wrong_mode = This cannot be done now
    .hint = Look at what is legal: getOptions lists it
turn-not_leader = Only the leader of the party may do this
    .hint = Ask the leader, or to be given the lead
turn-over = That turn is over
    .hint = Wait for the next one
turn-no_prompt = There is no question to answer
    .hint = The question was answered already, or never asked
turn-prompt_open = A question has to be answered first
    .hint = Wait for the reaction to be taken or declined

## move

move-blocked = The way is blocked
    .hint = Choose another way
move-door_shut = The door is shut
    .hint = Open it first
move-no_way = There is no known way there
    .hint = Explore further
move-unknown_cell = Nobody has seen that place yet
    .hint = Travel leads to known places only
move-too_far = That is too far
    .hint = Choose a nearer square, or dash
move-occupied = Somebody stands there
    .hint = Choose a free square
move-nothing_there = There is nothing to do that with
    .hint = Face a door, or stand on stairs or things that lie about
move-tried = That was tried already
    .hint = Try something else, or come back later
move-locked = It is locked
    .hint = Unlock it with its key, pick it or bash it
move-barred = It is barred
    .hint = Bash it, or find another way
move-no_key = Nobody has the key
    .hint = Look for it elsewhere
move-no_tools = Nobody has the tools
    .hint = Thieves' tools pick a lock
move-foes_near = Foes are near
    .hint = Deal with them first, or go further away
move-stopped = Something stopped the party
    .hint = Look around

## combat

combat-no_action = No action is left
    .hint = End the turn, or use what is left of movement
combat-no_bonus_action = No bonus action is left
    .hint = End the turn, or use what is left
combat-no_reaction = No reaction is left
    .hint = It comes back with the next turn
combat-out_of_range = The target is out of range
    .hint = Move nearer, or take a weapon that reaches
combat-no_line_of_sight = The target cannot be seen
    .hint = Move to where there is a line of sight
combat-bad_target = This is no target for that
    .hint = Choose another target
combat-no_movement = No movement is left
    .hint = Dash, or end the turn
combat-no_weapon = That weapon is not in hand
    .hint = Equip it first
combat-no_ammunition = No ammunition is left
    .hint = Take another weapon
combat-incapacitated = They cannot act
    .hint = It has to pass or be healed first
combat-already_acted = They have acted already
    .hint = Delay comes before anything else in a turn
combat-not_adjacent = They are not beside each other
    .hint = Move next to them
combat-no_encounter = There is nobody to fight
    .hint = Go on exploring
combat-not_prone = They are standing already
    .hint = Move on
combat-too_fast = They are too fast for that
    .hint = Choose something else

## magic

magic-unknown_spell = There is no such spell for them
    .hint = getAllSpells lists the spells
magic-not_prepared = The spell is not prepared
    .hint = Prepare it in camp
magic-no_slot = No spell slot of that level is left
    .hint = Rest, or take another level
magic-bad_target = The spell cannot touch that
    .hint = Choose another target
magic-not_here = The spell is of no use here
    .hint = Some spells are for battle, some for peace
magic-silent = They cannot speak the words
    .hint = Leave the silence first
magic-too_many = These are too many
    .hint = Choose fewer
magic-one_spell = Only a cantrip may follow a bonus action's spell
    .hint = Wait for the next turn

## item

item-unknown = They have no such thing
    .hint = Look at the pack again
item-not_yours = That belongs to somebody else
    .hint = Ask its owner
item-wrong_slot = It does not go there
    .hint = Choose the slot it is made for
item-no_hands = No hand is free for it
    .hint = Put something away first
item-not_usable = It cannot be used like that
    .hint = Its description tells what it is for
item-too_heavy = It is too heavy
    .hint = Leave something behind
item-stash_full = The stash is full
    .hint = Leave something behind
item-plot = This is needed on the way and stays with the party
    .hint = Keep it
item-not_proficient = They do not know how to use it
    .hint = Give it to somebody who does
item-in_battle = There is no time for that in a battle
    .hint = Do it afterwards
item-strength = They are not strong enough for it
    .hint = Give it to somebody stronger
item-none_worn = Nothing is worn there
    .hint = Look at the sheet again

## quest

quest-unknown = There is no such commission
    .hint = getQuestLog lists them
quest-not_offered = That commission is not on offer
    .hint = It is under way, done or gone
quest-not_done = Not all its steps are done
    .hint = The journal tells what is missing
quest-not_here = There is nobody here to see about that
    .hint = Go to the board
quest-paid = That commission was paid already
    .hint = Take another one

## character

character-unknown = There is no such character
    .hint = roster.list shows yours
character-not_yours = That character is somebody else's
    .hint = Act with your own
character-party_full = The party is full
    .hint = Six is as many as can go together
character-bad_scores = These scores do not follow the method
    .hint = Check the assignment, or the 27 points
character-bad_name = That name cannot be used
    .hint = 1 to 24 letters, spaces, hyphens and apostrophes
character-roster_full = The roster is full
    .hint = Use one of the characters there are
character-away = That character is in another world
    .hint = Let it leave there first
character-no_rolls = No roll is left for that
    .hint = Use one of the rolled sets
character-not_enough_xp = There is not enough experience yet
    .hint = Win some more
character-max_level = That is the highest level
    .hint = There is nothing above it yet
character-bad_choice = That choice is not open
    .hint = Choose from what is offered
character-no_hit_dice = No hit dice are left
    .hint = A long rest brings half of them back
character-dead = They are dead
    .hint = Nothing can be done for them here
character-name_taken = That name is taken
    .hint = Choose another name
character-feature_spent = That is spent
    .hint = It comes back with a rest
character-no_feature = They cannot do that
    .hint = The sheet lists what they can
character-rested = They have rested already
    .hint = One long rest a day
character-none = Nobody is there to do that
    .hint = Bring a character into the world first

## talk

talk-empty = There is nothing to say
    .hint = Write something first
