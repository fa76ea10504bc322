-- Nobody orders less than one, and nothing is sold for less than nothing.
select *
from staging.order_lines
where quantity < 1 or unit_price < 0
