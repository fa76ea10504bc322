-- A week without a single order is more likely a lost delivery of data.
-- severity: warning
select ordered_on, next_on
from (
  select ordered_on, lead(ordered_on) over (order by ordered_on) as next_on
  from (select distinct ordered_on from marts.orders)
)
where next_on - ordered_on > 7
