// Before a script that has to do without a network: it ends where it would open a connection.
const { Socket } = require('node:net');

Socket.prototype.connect = () => {
  console.error('This asks the network.');
  process.exit(1);
};
