-- No join loses or doubles money: the marts hold what the lines say.
with expected as (
  select sum(quantity * unit_price) as amount
  from staging.order_lines
  join staging.orders using (order_id)
  where status <> 'cancelled'
)
select expected.amount as expected, by_order.amount as by_order, by_month.amount as by_month
from expected
cross join (select sum(revenue) as amount from marts.orders) as by_order
cross join (select sum(revenue) as amount from marts.monthly_revenue) as by_month
where expected.amount is distinct from by_order.amount
  or expected.amount is distinct from by_month.amount
