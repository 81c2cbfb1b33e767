Console.WriteLine("Mila");
