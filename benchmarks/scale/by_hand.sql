-- What a good analyst writes for contract.outcome in DuckDB: one statement, the two limits allocated hierarchically
-- (totals by date, a running total over dates, single payments only on the one date on which a limit runs out).
create or replace temp table paid as
with
people as (
  select participant, min(date) as joined, any_value(payment_group) as payment_group
  from log where event = 'Attachment' group by participant
),
observed as (select least(max(date), date '2022-03-31') as until from log),
prices(payment_group, attachment, job, sustainment) as (
  values ('young', 40000, 120000, 17000), ('older', 40000, 120000, 21500),
    ('early access', 40000, 130000, 25000), ('health', 60000, 350000, 37000)
),
turns as (
  select participant, event, date as first,
    lead(date) over (partition by participant, event like 'Job%' order by date) as last
  from log where event in ('Job Start', 'Job End', 'Trade Start', 'Trade End')
),
spells as (
  select participant, first, least(coalesce(last, until), until) as last
  from turns, observed where event in ('Job Start', 'Trade Start')
),
marked as (
  select *, max(last) over (
    partition by participant order by first, last rows between unbounded preceding and 1 preceding
  ) as before
  from spells
),
numbered as (
  select *, count(*) filter (before is null or first > before + 1) over (
    partition by participant order by first, last rows unbounded preceding
  ) as stretch
  from marked
),
stretches as (
  select participant, min(first) as first, max(last) as last from numbered group by participant, stretch
),
work as (
  select s.participant, p.joined, p.payment_group, s.first, s.last, s.last - s.first + 1 as days,
    coalesce(sum(s.last - s.first + 1) over (
      partition by s.participant order by s.first rows between unbounded preceding and 1 preceding
    ), 0)::integer as before
  from stretches as s join people as p using (participant)
),
jobs as (
  select b.participant, b.payment_group, min(e.first + (b.before + 91 - e.before - 1)) as day
  from work as b join work as e
    on e.participant = b.participant and e.before < b.before + 91 and b.before + 91 <= e.before + e.days
  where b.first >= b.joined and e.first + (b.before + 91 - e.before - 1) <= b.first + 181
  group by b.participant, b.payment_group, b.joined
  having min(e.first + (b.before + 91 - e.before - 1)) <= b.joined + 727
),
blocks as (
  select j.participant, j.payment_group, greatest(w.first, j.day + 1) as first,
    (w.last - greatest(w.first, j.day + 1) + 1) // 28 as fit
  from work as w join jobs as j using (participant) where w.last > j.day
),
ladder as (
  select *, (sum(fit) over (partition by participant order by first rows unbounded preceding))::integer - fit as earlier
  from blocks where fit > 0
),
rungs as (
  select participant, payment_group, first + (28 * rung - 1)::integer as day, earlier + rung as sequence
  from (select *, unnest(range(1, least(fit, 20 - earlier) + 1)) as rung from ladder where earlier < 20)
),
years as (select *, (joined + interval 12 month)::date as year_on from people),
weeks as (
  select participant, sum(least(w.last, year_on - 1) - greatest(w.first, y.joined) + 1)::bigint // 7 as weeks
  from work as w join years as y using (participant)
  where w.last >= y.joined and w.first < year_on group by participant
),
qualified as (
  select participant, count(*) as qualifications
  from log join years using (participant)
  where event = 'Qualification' and date >= joined and date < year_on group by participant
),
progress as (
  select participant, year_on - 1 as day, 3 * coalesce(weeks, 0) + 4 * coalesce(qualifications, 0) as sevenths
  from years left join weeks using (participant) left join qualified using (participant)
),
payments as (
  select 1 as flow, participant, joined as day, 1 as sequence, attachment as amount
  from people join prices using (payment_group)
  union all select 2, participant, day, 1, job from jobs join prices using (payment_group)
  union all select 3, participant, day, sequence, sustainment from rungs join prices using (payment_group)
  union all select 4, participant, day, 1, (2 * 1250 * sevenths + 7) // 14 from progress where sevenths > 0
),
dated as (select *, year(day - interval 3 month) as year from payments),
day_sums as (select year, day, sum(amount)::bigint as total from dated group by year, day),
year_rooms as (
  select year, day, total, $annual - (sum(total) over (
    partition by year order by day rows unbounded preceding
  ) - total)::bigint as room
  from day_sums
),
within_year as (
  select flow, participant, d.day, sequence, least(amount, greatest(0, room - coalesce(sum(amount) over (
      partition by d.day order by flow, participant, sequence rows between unbounded preceding and 1 preceding
    ), 0)::bigint)) as amount
  from dated as d join year_rooms using (year, day) where room between 1 and total - 1
  union all
  select flow, participant, d.day, sequence, case when room >= total then amount else 0 end
  from dated as d join year_rooms using (year, day) where not (room between 1 and total - 1)
),
all_day_sums as (select day, sum(amount)::bigint as total from within_year group by day),
rooms as (
  select day, total, $overall - (sum(total) over (order by day rows unbounded preceding) - total)::bigint as room
  from all_day_sums
),
within_all as (
  select flow, participant, w.day, sequence, least(amount, greatest(0, room - coalesce(sum(amount) over (
      order by flow, participant, sequence rows between unbounded preceding and 1 preceding
    ), 0)::bigint)) as amount
  from within_year as w join rooms using (day) where room between 1 and total - 1
  union all
  select flow, participant, w.day, sequence, case when room >= total then amount else 0 end
  from within_year as w join rooms using (day) where not (room between 1 and total - 1)
),
returned as (
  select participant, min(date) as day
  from log join jobs as j using (participant)
  where event = 'Benefit Claim' and date > j.day and date <= j.day + 182 group by participant
),
clawback as (
  select 5 as flow, r.participant, r.day, 1 as sequence, -least(job * 60 // 100, amount) as amount
  from returned as r join people using (participant) join prices using (payment_group)
    join within_all as a on a.participant = r.participant and a.flow = 2
)
select flow, participant, day, sequence, amount from within_all
union all select * from clawback
