"""What the tests stand on: databases, servers, people, pages and a world to put rows in."""
