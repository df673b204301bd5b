CREATE TABLE product (
  id VARCHAR(64) PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  price_cents BIGINT NOT NULL,
  shelf INTEGER NOT NULL
);
INSERT INTO product VALUES
  ('mug', 'Harbour mug', 1250, 1),
  ('lamp', 'Storm lamp', 4900, 2),
  ('rope', 'Ten metres of rope', 1875, 3);
