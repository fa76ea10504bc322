-- One row a month and country.
select
  month,
  country,
  count(*) as orders,
  count(distinct customer_id) as customers,
  count(*) filter (where is_first) as new_customers,
  sum(revenue)::decimal(14, 2) as revenue,
  sum(margin)::decimal(14, 2) as margin,
  round(sum(margin) / nullif(sum(revenue), 0), 4)::double as margin_share
from marts.orders
group by month, country
order by month, country
