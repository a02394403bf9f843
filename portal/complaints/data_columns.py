"""Written by hand of each column: its tier (data_map.TIERS), what it is for, and after a bar until when, where not as its whole table."""

CASE = "with the complaint, until it is erased"
STAYS = "for good, for the record and the figures; erasing leaves nothing personal in it"
EMPTIED = "the row for good, for the figures; its words until the complaint is erased"
STAFF = "as long as the record names them"
LANDLORD = "until the landlord changes it"

TABLES: dict[str, tuple[str, str]] = {
    "complaint": (EMPTIED, """
id 0 tells complaints apart
reference 1 what a resident calls it by; random, and nothing is counted or dated in it | for good, so that it is never given again
edition 0 which edition of the Code it is handled under
division 0 whose bank holidays count
received_on 0 the day it was received, as first written down
first_expressed_on 0 the day they were first not happy
channel 0 how it came
words 2 what happened, in their own words
when_words 2 when it happened, in their own words
wanted 2 what would put it right
language 1 the language its letters are in
relationship_to_landlord 1 tenant, leaseholder, neither
home_id 1 the home it is about
logged_by_id 0 who took it down
service_id 0 which service it is about
version 0 keeps two people from overwriting each other
search_text 2 what it can be found by
stage 0 worked out, for the queue
next_step 0 worked out, for the queue
next_stage 0 worked out, for the queue
next_due 0 worked out, for the queue
danger_rank 0 worked out, for the queue
handler_id 0 worked out, for the queue
answered_on 0 worked out, for the figures
all_done_on 0 worked out, for the figures
waiting_since 0 worked out, for the queue
erased_on 0 worked out: since when nothing of it is shown
"""),
    "event": (STAYS, """
number 0 its place in the record
complaint_id 0 which complaint
step 0 what happened
stage 0 at which stage
happened_on 0 the day it is said to have happened
recorded_at 0 when it was written down
actor 0 who did it, by a number
details 0 what the rules need of it; nothing personal
words_hash 0 a salted fingerprint of its words
state_hash 0 a fingerprint of the complaint after it
previous_hash 0 ties it to the one before
hash 0 its own fingerprint
"""),
    "event_words": (CASE, """
number 0 whose words they are
salt 0 makes the fingerprint of the words tell nothing once they are gone
words 2 what was said with an event
"""),
    "chain_head": ("as long as the portal", """
id 0 there is one
number 0 the newest event
hash 0 its fingerprint
"""),
    "party": (EMPTIED, """
id 0 tells parties apart
complaint_id 0 which complaint
person_id 1 who it is
part 0 resident, representative, estate
name_as_given 1 the name as they wrote it
home_as_given 1 the address as they wrote it
matched_at 0 when staff knew who it is
matched_by_id 0 who said so
code_lookup 0 finds them by their access code, which is kept nowhere
scope 0 what they may do for the resident
proof 2 what was shown of their authority
agreed 1 how the resident agreed to them
authority 0 how their authority stands
since 0 from when they had a part
until 0 until when
given_contact 4 how to reach them safely in this complaint
opened_at 0 when they last came in, so that they can notice a visitor
opened_how 0 how they came in
"""),
    "person": ("until the last complaint they have a part in is erased", """
id 0 tells people apart
name 1 what to call them
language 1 what they read
email 1 where e-mail goes
phone 1 what number to ring
post 1 where letters go
safe_contact 4 which ways to reach them are safe, when, and what may be said
display 4 how large and in which colours pages are for them
landlord_record 1 their number in the landlord's own records
died_on 1 that nothing more is sent to them
known_since 0 when they were first known here
"""),
    "adjustment": ("with the person", """
id 0 tells them apart
person_id 1 whose it is
complaint_id 0 with which complaint they asked
wish 3 what would make it easier, in their words
decision 0 agreed or declined
decided_by_id 0 by whom
decided_on 0 when
reason 3 how, or why not
review_on 0 when we ask whether it still helps
asked_on 0 when they asked
"""),
    "disclosure": (CASE, """
id 0 tells them apart
complaint_id 0 with which complaint it was told
words 3 a disability they told of
carried 0 whether it is used for their other complaints
consent 3 how they agreed to that
recorded_by 0 who wrote it down
recorded_at 0 when
until 0 until when it stood
"""),
    "home": ("until the last complaint about it is erased", """
id 0 tells homes apart
kind 0 an address, a shared area, or none
address 1 where it is
landlord_record 1 its number in the landlord's own records
"""),
    "danger_alert": (CASE, """
id 0 tells them apart
draft_id 0 with which draft it was told
complaint_id 0 with which complaint
told 4 a danger, where, and how to ring safely
raised_at 0 when
handed_over_to 4 who has it
handed_over_at 0 since when
handed_over_by_id 0 who wrote that down
"""),
    "definition": (STAYS, """
id 0 tells versions apart
complaint_id 0 which complaint
stage 0 which stage
version 0 which version
made_by 0 who wrote it, by a number
made_at 0 when
outcomes_asked_on 0 when we asked what they want
"""),
    "point": (EMPTIED, """
id 0 tells points apart
definition_id 0 of which version
number 0 which point
words 2 what is complained of, as we understand it
category 0 what kind of trouble, for the figures
service_id 0 which service, for the figures
root_cause 0 why it happened, for the figures
responsibility 0 whose it is
whose 2 who else's it is, and how to reach them
"""),
    "outcome": (EMPTIED, """
id 0 tells them apart
definition_id 0 of which version
words 2 what they want
points 0 for which points
"""),
    "refused_point": (EMPTIED, """
id 0 tells them apart
complaint_id 0 which complaint
letter_id 0 which letter said so
stage 0 at which stage
number 0 which point
words 2 what it is
ground 0 on what ground
"""),
    "answer": (EMPTIED, """
id 0 tells them apart
complaint_id 0 which complaint
letter_id 0 which letter said so
stage 0 at which stage
point_number 0 on which point
disposition 0 what we found, for the figures
reasons 2 why
fault 2 what we got wrong
impact 2 what it did to them
no_remedy_because 2 why nothing is offered
"""),
    "remedy": (EMPTIED, """
id 0 tells them apart
complaint_id 0 which complaint
stage 0 at which stage
point_number 0 for which point
kind 0 which kind of remedy, for the figures
words 2 what is offered
pence 0 how much, for the figures
guidance 2 which guidance it rests on
offered_on 0 when
accepted_on 0 when they took it
declined_on 0 when they did not want it
paid_on 0 when it was paid
"""),
    "action": (EMPTIED, """
id 0 tells them apart
complaint_id 0 which complaint
stage 0 at which stage
remedy_id 0 for which remedy
what 2 what was promised
owner 1 who does it
owner_id 0 who of staff does it
first_due_on 0 the day first promised
due_on 0 the day now promised
done_on 0 when it was done
proof 2 how we know
"""),
    "stage_person": (EMPTIED, """
id 0 tells them apart
complaint_id 0 which complaint
stage 0 which stage
staff_id 0 who
part 0 what they did
interest 2 an interest they declared
since 0 from when
until 0 until when
"""),
    "letter": (EMPTIED, """
id 0 tells letters apart
complaint_id 0 which complaint
number 0 which letter
kind 0 what kind
stage 0 at which stage
language 1 in which language
body 2 its words, just as it went
written_on 0 its day
written_at 0 when it was written
written_by 0 by whom, by a number
supersedes_id 0 which it took the place of
"""),
    "issue": (EMPTIED, """
id 0 tells them apart
letter_id 0 which letter
party_id 0 to whom
channel 0 which way
state 0 whether it went
usable 0 whether they can use it so
again 0 how often it went again
form 3 in what form it went, such as large print
issued_on 0 the day it went
issued_at 0 when
"""),
    "made_file": (CASE, """
id 0 tells them apart
complaint_id 0 of which complaint
letter_id 0 of which letter
form_lookup 0 finds a letter in a form, and says of neither which
said 3 the form, such as large print, what it was made of and with what
content 3 the letter as a file, to print or to read
made_at 0 when
"""),
    "outbox": (CASE, """
id 0 tells messages apart
message_id 0 one identity however often it is tried
kind 0 what kind of message
complaint_id 0 of which complaint
issue_id 0 of which letter
staff_id 0 to whom of staff
challenge_id 0 of which code
notice_id 0 of which notice
question_id 0 of which question to a contractor
queued_at 0 since when it waits
due_at 0 when it is tried
tries 0 how often it was
lease_until 0 which worker has it, until when
fence 0 keeps a slow worker from writing over another
done_at 0 when it was done
outcome 0 what came of it
trouble 1 what the mail server said
shown 2 the message itself, where there is no mail server (a demo)
sent_to 1 a keyed fingerprint of the address, to count what goes there
"""),
    "attachment": (CASE, """
id 0 tells files apart
draft_id 0 with which draft
complaint_id 0 with which complaint
party_id 0 who sent it
name 2 what they called it
media_type 0 what kind it is
size 0 how large
sha256 0 its fingerprint
stored_as 0 under what name it lies on the disk; the file goes with the row
copy_as 0 the same of the copy that is shown
copy_type 0 what kind the copy is
state 0 whether it was looked at for viruses
added_at 0 when it came
"""),
    "contact": (CASE, """
id 0 tells them apart
complaint_id 0 which complaint
kind 0 a call, a visit, a letter
incoming 0 from them, or from us
who 1 with whom
accompanied_by 1 who else was there
words 2 what was said
attachment_id 0 its file
happened_on 0 when
recorded_at 0 when it was written down
recorded_by 0 by whom, by a number
shown_to_resident 0 whether the resident sees it
"""),
    "note": (CASE, """
id 0 tells notes apart
complaint_id 0 which complaint
words 2 what staff noted, or somebody stated
written_by_id 0 by whom
written_at 0 when
restricted 0 whether few may read it
statement_of 1 whose statement
"""),
    "evidence": (CASE, """
id 0 tells them apart
complaint_id 0 which complaint
stage 0 at which stage
points 0 for which points
what 2 what was looked at
supplied_by 1 who gave it
attachment_id 0 its file
looked_on 0 when
recorded_by_id 0 by whom
recorded_at 0 when it was written down
"""),
    "contractor_question": (CASE, """
id 0 tells them apart
complaint_id 0 which complaint
words 2 what a contractor was asked
told 1 what of the resident they were told with it, if anything
who 1 whom we asked
email 1 where the link went
asked_by_id 0 who asked
asked_at 0 when
expires_at 0 until when the link opens it
link_lookup 0 a keyed fingerprint of the link
message 1 what the link carries | until it is mailed, answered or taken back
browser_lookup 0 which browser opened it
opened_at 0 when
answer 2 what they answered
answered_by 1 who did
answered_at 0 when
ended_at 0 when it was taken back
"""),
    "panel": (CASE, """
id 0 tells panels apart
complaint_id 0 which complaint
stage 0 at which stage
meets_on 0 when
starts 2 at what time
place 2 where
taking_part 2 how the resident takes part
members 0 who is on it
arranged_by_id 0 who arranged it
arranged_at 0 when
met_on 0 when it met
came 0 who came
others 1 who else came
resident_came 0 whether the resident did
accompanied_by 1 with whom
minutes 2 what was said
attachment_id 0 its file
recorded_by_id 0 who wrote it down
recorded_at 0 when
"""),
    "draft": ("28 days after it was last saved, or the day after it was sent", """
id 0 tells drafts apart
token_lookup 0 finds it from the browser it is written in
code 1 the access code it will be sent with, so that it can be shown again
code_lookup 0 finds it by that code
answers 4 what was written so far, ways to reach them safely among it
language 1 in which language
begun_at 0 when it was begun
saved_at 0 when it was last saved
complaint_id 0 which complaint it became
"""),
    "arrived_mail": ("its words until somebody has settled it; that it came, with the complaint, or for ever where it is of none", """
id 0 tells messages apart
digest 0 a fingerprint, so that the same message is taken in once
arrived_at 0 when it came
why 0 why it waits for a person
complaint_id 0 the complaint that it seems to be about, or was put with
sender 1 whom it says it is from | until it is settled
subject 2 what it is about | until it is settled
words 2 what it says | until it is settled
raw 2 the whole of it, with its files | until it is settled
settled_at 0 when somebody settled it
settled_by 0 who
outcome 0 whether it was put with a complaint, or aside
"""),
    "staff_draft": (CASE, """
id 0 tells drafts apart
complaint_id 0 which complaint
kind 0 which letter
stage 0 at which stage
written 2 what is written so far
version 0 keeps two people from overwriting each other
asked_version 0 which version waits for approval
saved_at 0 when
saved_by_id 0 by whom
writers 0 who wrote in it
"""),
    "named_reader": (CASE, """
complaint_id 0 which complaint is restricted
staff_id 0 who may see it
"""),
    "read_event": (CASE, """
id 0 tells them apart
staff_id 0 who read
role 0 in which role
complaint_id 0 which complaint
listed 0 which complaints a list showed, by their numbers | as long as the portal
route 0 which page
reason 2 why, where that was asked
at 0 when
"""),
    "reminder": (CASE, """
id 0 tells them apart
complaint_id 0 of which complaint
about 0 of what
kind 0 soon, or late
due_on 0 for which day
made_at 0 when it was made
"""),
    "idempotency_key": ("30 days", """
key 0 keeps a form from being sent twice
fingerprint 0 what was sent with it
answer 0 where the answer is
at 0 when
"""),
    "challenge": ("two days after it ran out", """
id 0 tells codes apart
token_lookup 0 which browser asked
asked 1 for which reference
about 0 a keyed fingerprint of the reference, to count by
sent_to 0 a keyed fingerprint of the address, to count by
network 0 a keyed fingerprint of where it was asked from, to count by
party_id 1 whose code it is
channel 0 which way it went
kept 0 whether it is one of those kept for a browser of their own
code_hash 0 a slow fingerprint of the code
link_lookup 0 the same of its link
message 1 the code itself | until it is sent or has run out
tries_left 0 how often it may be tried
asked_at 0 when
expires_at 0 until when
ended_at 0 when it was used or ended
"""),
    "visit": ("until they sign out, and at most a day", """
id 0 tells them apart
token_lookup 0 which browser
staff_id 0 who of staff
role 0 in which role
party_id 1 which resident, or who acts for them
began_at 0 since when
seen_at 0 when they were last here
how 0 how they came in
before_at 0 when they had come before
before_how 0 and how
proved_at 0 when they showed once more that it is them
proved_how 0 how they did
address 1 a keyed fingerprint of where the code went with which they came in
"""),
    "staff": (STAFF, """
id 0 tells them apart
name 1 what residents and colleagues call them
email 1 how they sign in, and where reminders go
job_title 1 what residents are told they do
phone 1 how residents reach them
roles 0 what they may do
same_person_id 0 which account is the same person's
password_hash 0 a slow fingerprint of their password
work_account 1 the account they have at work
groups 0 the groups that came with it
display 4 how large and in which colours pages are for them
first_password 1 the password they were given, until the message that brings it has gone
first_password_until 0 until when a first password holds
disabled_at 0 since when they have left
"""),
    "password_try": ("an hour where it was wrong, ninety days where it was right", """
id 0 tells them apart
account 1 a keyed fingerprint of whose password was tried
network 1 a keyed fingerprint of where it was tried from
right 0 whether it was theirs
at 0 when it was tried
"""),
    "second_factor": ("until it is taken off", """
staff_id 0 whose it is
secret 1 what their phone makes codes from
begun_at 0 when it was begun
confirmed_at 0 since when it counts
last_step 0 the last code that was used
wrong 0 how often a code was wrong
wrong_at 0 when last
"""),
    "recovery_code": ("until new ones are made", """
id 0 tells them apart
staff_id 0 whose it is
code_lookup 0 its fingerprint
made_at 0 when it was made
used_at 0 when it was used
"""),
    "account_change": (STAFF, """
id 0 tells them apart
staff_id 0 whose account
what 0 what was done to it
other_id 0 which other account
service_id 0 which team
because 1 why it was done
by_id 0 who did it
at 0 when
"""),
    "notice": (CASE, """
id 0 tells them apart
party_id 1 whose it is
channel 0 which way
address 4 where they were reached before, which may not be safe any more
made_at 0 when
called_off_at 0 when it was called off
"""),
    "own_browser": (CASE, """
id 0 tells them apart
party_id 1 whose it is
token_lookup 0 which browser
marked_at 0 when they marked it as their own | a year
"""),
    "typed_words": ("an hour, or until they are signed in again", """
id 0 tells them apart
token_lookup 0 which browser they were typed in
staff_id 0 whose they are, if a member of staff wrote them
party_id 1 whose they are, if a party wrote them
said 4 what somebody had typed in a form when they were signed out
at 0 when
"""),
    "care_override": (CASE, """
id 0 tells them apart
complaint_id 0 which complaint
said 4 what they had asked for, or how it is safe to reach them, that was not kept to, and why
at 0 when
"""),
    "safety_read": (CASE, """
id 0 tells them apart
complaint_id 0 which complaint
staff_id 0 who read how it is safe to reach them
said 4 what they take care of
at 0 when
"""),
    "reason_given": ("until the visit ends", """
visit_id 0 in which visit
complaint_id 0 which complaint
reason 2 why somebody of another team opens it
at 0 when
"""),
    "team_member": (LANDLORD, """
staff_id 0 who
service_id 0 is of which team
"""),
    "week_told": ("as long as the portal", """
monday 0 which week
told_at 0 when managers were told what other teams opened
"""),
    "equality_half_year": ("so many years as the landlord sets, from the end of the half-year", """
began_on 0 which half-year
counts 3 how many residents gave each answer about themselves in it; no person, complaint or day
"""),
    "landlord_setting": (LANDLORD, """
name 0 which setting
value 0 what the landlord chose
source 0 where it was read
checked_on 0 when it was checked
set_at 0 when it was set
"""),
    "setting_change": ("as long as the portal", """
id 0 tells them apart
name 0 which setting
before 0 what it was
after 0 what it is since
by_id 0 who changed it
at 0 when
"""),
    "service": (LANDLORD, """
id 0 tells services apart
name 0 what it is called
"""),
    "extra_holiday": (LANDLORD, """
id 0 tells them apart
division 0 where it counts
day 0 which day
name 0 what it is called
source 0 where it was proclaimed
added_by_id 0 who added it
added_at 0 when
recounted_at 0 when dates were counted again
"""),
}
"""Table by table: until when its rows are kept, then a line for each column."""
